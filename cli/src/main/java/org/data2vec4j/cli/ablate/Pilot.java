package org.data2vec4j.cli.ablate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.train.PhaseClock;
import org.data2vec4j.train.TrainStep;
import org.data2vec4j.train.modality.Feed;
import org.data2vec4j.train.recipe.PretrainConfig;
import org.data2vec4j.train.recipe.Pretraining;

/** Times a few updates of a run that is thrown away, loading included. */
final class Pilot {
    private static final int WARMUP = 3;
    private static final int TIMED = 10;

    private Pilot() {}

    /** Seconds of an update. */
    static double seconds(PretrainConfig config) {
        try (Feed feed = config.modality()
                        .open(config.data(), Path.of(config.run()), config.train(), config.seed(), message -> {});
                Pretraining training = new Pretraining(config);
                Loader<? extends Batch> loader = feed.loader(LoaderPosition.START, message -> {})) {
            training.method().train(true);
            TrainStep step = training.step(PhaseClock.NONE);
            long start = System.nanoTime();
            for (int update = 0; update < WARMUP + TIMED; update++) {
                if (update == WARMUP) {
                    start = System.nanoTime();
                }
                List<Batch> batches = new ArrayList<>();
                for (int i = 0; i < config.train().accumulate(); i++) {
                    batches.add(loader.next());
                }
                step.run(batches, update, false);
            }
            return (System.nanoTime() - start) / 1e9 / TIMED;
        }
    }
}
