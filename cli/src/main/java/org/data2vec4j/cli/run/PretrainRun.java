package org.data2vec4j.cli.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.data2vec4j.cli.config.ConfigDiff;
import org.data2vec4j.cli.version.Version;
import org.data2vec4j.data.image.ImageSource;
import org.data2vec4j.data.image.ImageSources;
import org.data2vec4j.eval.EvaluationConfig;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.train.Evaluator;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.listener.JsonLinesListener;
import org.data2vec4j.train.listener.Listeners;
import org.data2vec4j.train.listener.ProgressBar;
import org.data2vec4j.train.listener.ProgressStyle;
import org.data2vec4j.train.listener.TensorBoardListener;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.recipe.ImagePretrainConfig;
import org.data2vec4j.train.recipe.ImagePretraining;

/** One run of {@code d2v pretrain}: everything is opened and checked before the first byte is written. */
public final class PretrainRun {
    private final ImagePretrainConfig config;
    private final PrintWriter out;

    /** A run of this configuration that says what it does on {@code out}. */
    public PretrainRun(ImagePretrainConfig config, PrintWriter out) {
        this.config = config;
        this.out = out;
    }

    /** Trains to the end, or until asked to stop, and writes the run's page at the end. */
    public Trainer.End run() {
        Trainer.End end = trainAndMeasure();
        if (end.finished()) {
            out.println("wrote " + RunReport.write(Path.of(config.run())));
            out.flush();
        }
        return end;
    }

    private Trainer.End trainAndMeasure() {
        try (ImageSource source = ImageSources.open(config.data(), ImageRunEvaluation.options(config));
                ImagePretraining training = new ImagePretraining(config);
                RunDirectory directory = RunDirectory.open(Path.of(config.run()))) {
            training.checkResume(source);
            announce(source, training, directory.save(config));
            try (TrainListener listener = listeners();
                    StopSignal stop = new StopSignal()) {
                Trainer.End end;
                if (ImageRunEvaluation.possible(source)) {
                    try (ImageRunEvaluation evaluation = new ImageRunEvaluation(
                            config,
                            EvaluationConfig.DEFAULT,
                            source,
                            training.precision().type(),
                            training.device(),
                            listener::onMessage)) {
                        end = train(training, source, told(evaluation, listener), listener, stop);
                    }
                } else {
                    end = train(training, source, Evaluator.NONE, listener, stop);
                }
                conclude(end, listener);
                return end;
            }
        }
    }

    private Trainer.End train(
            ImagePretraining training,
            ImageSource source,
            Evaluator evaluator,
            TrainListener listener,
            StopSignal stop) {
        return training.run(source, Version.number(), evaluator, listener, stop, listener::onMessage);
    }

    private TrainListener listeners() {
        String name = String.valueOf(Path.of(config.run()).getFileName());
        return Listeners.of(List.of(
                new JsonLinesListener(),
                new TensorBoardListener(),
                new ProgressBar(name, "images", System.out, ProgressStyle.detect())));
    }

    private static Evaluator told(Evaluator evaluator, TrainListener listener) {
        return method -> {
            listener.onMessage("evaluating");
            return evaluator.evaluate(method);
        };
    }

    private void announce(ImageSource source, ImagePretraining training, List<ConfigDiff.Change> changes) {
        Checkpoints.Saved resume = training.resume();
        out.printf(
                Locale.ROOT,
                "%d images from %s%s; %,d parameters; %s on %s, %d threads%n",
                source.size(),
                config.data(),
                source.classes().isEmpty() ? "" : " in " + source.classes().size() + " classes",
                training.method().weights().count(),
                training.precision().name().toLowerCase(Locale.ROOT),
                training.device(),
                Native.threads());
        if (resume != null) {
            out.println("resuming from " + resume.folder() + " at update "
                    + resume.state().update());
            if (!changes.isEmpty()) {
                out.println("with changed settings: "
                        + changes.stream().map(ConfigDiff.Change::toString).collect(Collectors.joining(", ")));
            }
        }
        out.flush();
    }

    private void conclude(Trainer.End end, TrainListener listener) {
        if (!end.finished()) {
            listener.onMessage("stopped at update " + end.update() + "; the checkpoint is written, and the same command"
                    + " goes on from it");
        }
    }
}
