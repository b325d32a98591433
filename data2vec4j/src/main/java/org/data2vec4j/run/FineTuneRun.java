package org.data2vec4j.run;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.evaluation.finetune.FineTuneSession;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.listener.Listeners;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.record.JsonLinesListener;
import org.data2vec4j.train.record.TensorBoardListener;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.version.Version;

/** One run of {@code d2v finetune}: everything is opened and checked before the first byte is written. */
public final class FineTuneRun {
    /** The pre-training recipe, kept beside the fine-tuned model, which is built from it. */
    public static final String PRETRAIN = "pretrain.yaml";

    private final FineTuneConfig config;
    private final PrintWriter out;
    private final RunWatch watch;
    private final RunCommand command;

    /** A run of this configuration that says on {@code out} what it opens and writes; {@code watch} follows and may end it. */
    public FineTuneRun(FineTuneConfig config, PrintWriter out, RunWatch watch) {
        this(config, out, watch, RunCommand.PROGRAM);
    }

    /** The same, asked for by {@code command}. */
    public FineTuneRun(FineTuneConfig config, PrintWriter out, RunWatch watch, RunCommand command) {
        this.config = config;
        this.command = command;
        this.out = out;
        this.watch = watch;
    }

    /** Trains to the end, or until asked to stop. */
    public Trainer.End run() {
        Path run = Path.of(config.run());
        EarlierSettings earlier = EarlierSettings.of(run, config);
        PretrainConfig pretrain = pretrain();
        try (FineTuneSession tuning = new FineTuneSession(config, pretrain, this::say);
                RunDirectory directory = RunDirectory.open(run)) {
            tuning.checkResume();
            boolean finished = FinishedRun.is(tuning.resume(), config.train().updates());
            if (tuning.resume() != null) {
                earlier.check(command, FinishedRun.inWords(tuning.resume(), finished));
            }
            boolean complete = finished && FinishedRun.isMeasured(run, tuning.resume());
            announce(tuning, earlier, finished);
            if (!finished) {
                directory.begin(config, command, Checkpoints.updates(tuning.resume()));
                directory.write(PRETRAIN, YamlWriter.write(pretrain));
                tuning.task().files().forEach(directory::write);
            }
            try (TrainListener listener = complete ? new TrainListener() {} : listeners(pretrain);
                    StopRequest stop = watch.stopRequest()) {
                Trainer.End end = tuning.run(Version.number(), listener, stop);
                if (!end.finished()) {
                    say("stopped at update " + end.update() + "; the same command goes on from its checkpoint");
                }
                if (!complete) {
                    tuning.task().results().forEach(directory::write);
                }
                return end;
            }
        }
    }

    /** The recipe kept in the run directory, or else the pre-training run's. */
    private PretrainConfig pretrain() {
        Path run = Path.of(config.run());
        return Files.isRegularFile(run.resolve(PRETRAIN))
                ? RunDirectory.config(run, PRETRAIN, PretrainConfig.class)
                : RunDirectory.config(Path.of(config.from()));
    }

    private void announce(FineTuneSession tuning, EarlierSettings earlier, boolean finished) {
        say(String.format(
                Locale.ROOT,
                "%s from %s; encoder %s of %s, %,d parameters; %s on %s, %d threads",
                tuning.task().feed().description(),
                config.data(),
                config.weights().name().toLowerCase(Locale.ROOT),
                config.from(),
                tuning.task().model().weights().numel(),
                tuning.precision().name().toLowerCase(Locale.ROOT),
                tuning.device(),
                Native.threads()));
        Checkpoints.Saved resume = tuning.resume();
        if (resume != null && finished) {
            say(FinishedRun.left(resume));
        } else if (resume != null) {
            say("resuming from " + resume.folder());
            if (!earlier.changes().isEmpty()) {
                say("with changed settings: " + EarlierSettings.text(earlier.changes()));
            }
        }
    }

    private TrainListener listeners(PretrainConfig pretrain) {
        String name = String.valueOf(Path.of(config.run()).getFileName());
        return Listeners.of(List.of(
                new JsonLinesListener(),
                new TensorBoardListener(),
                watch.listener(name, pretrain.modality().samples())));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
