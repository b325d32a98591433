package org.data2vec4j.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.Recipe;
import org.data2vec4j.train.PhaseClock;
import org.data2vec4j.train.StepReport;
import org.data2vec4j.train.TrainStep;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.run.PretrainSession;

/**
 * Pre-training with a loop of one's own, for what the trainer does not do: here it stops once the loss has not fallen for some time.
 * Checkpoints are the trainer's affair; {@link PretrainSession#run} has both.
 */
public final class OwnTrainingLoop {
    private static final int PATIENCE = 100;
    private static final double SMOOTHING = 0.95;

    private OwnTrainingLoop() {}

    /** {@code OwnTrainingLoop FOLDER [KEY=VALUE …]}. */
    public static void main(String[] args) {
        run(args[0], List.of(args).subList(1, args.length), System.out);
    }

    /** Trains and tells how many updates were made. */
    static long run(String data, List<String> settings, PrintStream out) {
        PretrainConfig config = Recipe.load("image-tiny", settings).bind(PretrainConfig.class);
        try (PretrainSession training = new PretrainSession(config);
                Dataset feed = config.modality().open(data, Path.of(config.run()), config.train(), 1, out::println);
                Loader<? extends Batch> batches = feed.loader(LoaderPosition.START, out::println)) {
            TrainStep step = training.step(PhaseClock.NONE);
            training.method().train(true);
            double smooth = Double.NaN;
            double lowest = Double.POSITIVE_INFINITY;
            long lowestAt = 0;
            long update = 0;
            while (update < config.train().updates() && update - lowestAt <= PATIENCE) {
                StepReport report = step.run(List.of(batches.next()), update, update % 100 == 0);
                smooth = update == 0 ? report.loss() : SMOOTHING * smooth + (1 - SMOOTHING) * report.loss();
                if (smooth < lowest) {
                    lowest = smooth;
                    lowestAt = update;
                }
                update++;
            }
            out.println(String.format(Locale.ROOT, "%d updates, loss %.4f", update, smooth));
            return update;
        }
    }
}
