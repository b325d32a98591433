package org.data2vec4j.run;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.train.Evaluator;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.listener.Listeners;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.loop.PretrainSession;
import org.data2vec4j.train.record.JsonLinesListener;
import org.data2vec4j.train.record.TensorBoardListener;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.version.Version;

/**
 * One run of {@code d2v pretrain}: everything is opened and checked before the first byte is written. Of several processes, the first
 * one writes the run directory and says what it does; the others print what goes wrong.
 */
public final class PretrainRun {
    private final PretrainConfig config;
    private final PrintWriter out;
    private final ProcessGroup group;
    private final RunWatch watch;
    private final RunCommand command;

    /** A run of this configuration in one process, which says on {@code out} what it opens and writes. */
    public PretrainRun(PretrainConfig config, PrintWriter out) {
        this(config, out, ProcessGroup.single(), RunWatch.NONE);
    }

    /** A run as one process of {@code group}, followed and ended by {@code watch}; only the first process uses {@code out}. */
    public PretrainRun(PretrainConfig config, PrintWriter out, ProcessGroup group, RunWatch watch) {
        this(config, out, group, watch, RunCommand.PROGRAM);
    }

    /** The same, asked for by {@code command}. */
    public PretrainRun(PretrainConfig config, PrintWriter out, ProcessGroup group, RunWatch watch, RunCommand command) {
        this.config = config;
        this.command = command;
        this.watch = watch;
        this.out = group.isRankZero() ? out : new PrintWriter(Writer.nullWriter());
        this.group = group;
    }

    /** Trains to the end, or until asked to stop, and writes the run's page at the end. */
    public Trainer.End run() {
        Trainer.End end = train(true);
        if (end.finished() && group.isRankZero() && RunReport.isDue(Path.of(config.run()))) {
            out.println("wrote " + RunReport.write(Path.of(config.run())));
            out.flush();
        }
        return end;
    }

    /** Trains to the end, or until asked to stop, and nothing else: no evaluation, no page. */
    public Trainer.End train() {
        return train(false);
    }

    private Trainer.End train(boolean measured) {
        Path run = Path.of(config.run());
        EarlierSettings earlier = EarlierSettings.of(run, config);
        try (Dataset feed = open();
                PretrainSession training = new PretrainSession(config, group);
                RunDirectory directory = group.isRankZero() ? RunDirectory.open(run) : null) {
            training.checkResume(feed);
            boolean finished = FinishedRun.is(training.resume(), config.train().updates());
            if (training.resume() != null) {
                earlier.check(command, FinishedRun.inWords(training.resume(), finished));
            }
            boolean evaluated = measured && group.isRankZero() && RunEvaluation.asked(config, feed);
            if (evaluated) {
                config.modality().checkLabels(RunLabels.of(config)); // before anything is written
            }
            boolean complete = finished && (!evaluated || FinishedRun.isMeasured(run, training.resume()));
            if (directory != null) {
                announce(feed, training, earlier, finished);
                if (!finished) {
                    directory.begin(config, command, Checkpoints.updates(training.resume()));
                }
            }
            try (TrainListener listener = complete ? new TrainListener() {} : listeners();
                    StopRequest stop = watch.stopRequest();
                    RunEvaluation evaluation =
                            evaluated && !complete ? RunEvaluation.open(config, training, listener::onMessage) : null) {
                Trainer.End end = training.run(
                        feed,
                        Version.number(),
                        evaluation == null ? Evaluator.NONE : told(evaluation, listener),
                        listener,
                        stop,
                        listener::onMessage);
                conclude(end, listener);
                group.close(); // while the stop request is still open: the others are not to take an end for a death
                return end;
            }
        }
    }

    /** What is made of the data once is made by the first process, while the others wait. */
    private Dataset open() {
        if (!group.isRankZero()) {
            group.barrier();
            return opened();
        }
        Dataset feed = group.keepAlive(this::opened);
        group.barrier();
        return feed;
    }

    private Dataset opened() {
        return config.modality().open(config.data(), config.context(this::say));
    }

    private TrainListener listeners() {
        if (!group.isRankZero()) {
            return new TrainListener() {};
        }
        String name = String.valueOf(Path.of(config.run()).getFileName());
        return Listeners.of(List.of(
                new JsonLinesListener(),
                new TensorBoardListener(),
                watch.listener(name, config.modality().samples())));
    }

    private static Evaluator told(Evaluator evaluator, TrainListener listener) {
        return method -> {
            listener.onMessage("evaluating");
            return evaluator.evaluate(method);
        };
    }

    private void announce(Dataset feed, PretrainSession training, EarlierSettings earlier, boolean finished) {
        Checkpoints.Saved resume = training.resume();
        out.printf(
                Locale.ROOT,
                "%s from %s; %s, %,d parameters; %s on %s, %s%d threads%n",
                feed.description(),
                config.data(),
                config.method().title(),
                training.method().weights().numel(),
                training.precision().name().toLowerCase(Locale.ROOT),
                training.device(),
                group.size() == 1 ? "" : group.size() + " processes with ",
                Native.threads());
        if (resume != null && finished) {
            out.println(FinishedRun.left(resume));
        } else if (resume != null) {
            out.println("resuming from " + resume.folder() + " at update "
                    + resume.state().update());
            if (!earlier.changes().isEmpty()) {
                out.println("with changed settings: " + EarlierSettings.text(earlier.changes()));
            }
        }
        out.flush();
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private void conclude(Trainer.End end, TrainListener listener) {
        if (!end.finished()) {
            listener.onMessage("stopped at update " + end.update() + "; the checkpoint is written, and the same command"
                    + " goes on from it");
        }
    }
}
