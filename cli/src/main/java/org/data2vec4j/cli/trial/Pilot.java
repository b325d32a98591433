package org.data2vec4j.cli.trial;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.tensor.Flops;
import org.data2vec4j.train.PhaseClock;
import org.data2vec4j.train.TrainStep;
import org.data2vec4j.train.modality.Feed;
import org.data2vec4j.train.recipe.PretrainConfig;
import org.data2vec4j.train.recipe.Pretraining;

/**
 * What an update of a run costs, from a few updates of one that is thrown away.
 *
 * @param seconds loading included
 * @param samples samples in it
 * @param flops its matrix products, counted as {@link Flops} does
 * @param parameters of the whole model that is trained
 */
public record Pilot(double seconds, double samples, double flops, long parameters) {
    private static final int WARMUP = 3;
    private static final int TIMED = 10;

    /** Means over ten updates behind three that are not timed. */
    public static Pilot of(PretrainConfig config) {
        try (Feed feed = config.modality()
                        .open(config.data(), Path.of(config.run()), config.train(), config.seed(), message -> {});
                Pretraining training = new Pretraining(config);
                Loader<? extends Batch> loader = feed.loader(LoaderPosition.START, message -> {})) {
            training.method().train(true);
            TrainStep step = training.step(PhaseClock.NONE);
            long start = System.nanoTime();
            double samples = 0;
            double flops = 0;
            for (int update = 0; update < WARMUP + TIMED; update++) {
                if (update == WARMUP) {
                    start = System.nanoTime();
                    samples = 0;
                    flops = 0;
                }
                List<Batch> batches = new ArrayList<>();
                for (int i = 0; i < config.train().accumulate(); i++) {
                    batches.add(loader.next());
                }
                samples += batches.stream().mapToInt(Batch::size).sum();
                long number = update;
                flops += Flops.of(() -> step.run(batches, number, false));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Pilot(
                    seconds / TIMED,
                    samples / TIMED,
                    flops / TIMED,
                    training.method().weights().count());
        }
    }
}
