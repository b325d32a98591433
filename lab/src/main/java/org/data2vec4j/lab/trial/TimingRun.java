package org.data2vec4j.lab.trial;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.tensor.Flops;
import org.data2vec4j.train.PhaseClock;
import org.data2vec4j.train.TrainStep;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.loop.PretrainSession;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * What an update of a run costs, from a few updates of one that is thrown away.
 *
 * @param seconds loading included
 * @param samples samples in it
 * @param flops its matrix products, counted as {@link Flops} does
 * @param parameters of the whole model that is trained
 * @param encoders what can be measured of it, such as {@code student}
 */
public record TimingRun(double seconds, double samples, double flops, long parameters, List<String> encoders) {
    private static final int WARMUP = 2;
    private static final int LEAST = 3;
    private static final int MOST = 10;
    private static final double ENOUGH_SECONDS = 10;

    /** Copies the list. */
    public TimingRun {
        encoders = List.copyOf(encoders);
    }

    /** Means over ten updates, or fewer where those take long, behind two that are not timed. */
    public static TimingRun of(PretrainConfig config) {
        try (Dataset feed = config.modality().open(config.data(), config.context(message -> {}));
                PretrainSession training = new PretrainSession(config);
                Loader<? extends Batch> loader = feed.loader(LoaderPosition.START, message -> {})) {
            training.method().train(true);
            TrainStep step = training.step(PhaseClock.NONE);
            for (int update = 0; update < WARMUP; update++) {
                step.run(batches(loader, config), update, false);
            }
            int timed = 0;
            double seconds = 0;
            double samples = 0;
            double flops = 0;
            while (timed < LEAST || (timed < MOST && seconds < ENOUGH_SECONDS)) {
                long start = System.nanoTime();
                List<Batch> batches = batches(loader, config);
                long update = (long) WARMUP + timed++;
                flops += Flops.of(() -> step.run(batches, update, false));
                seconds += (System.nanoTime() - start) / 1e9;
                samples += batches.stream().mapToInt(Batch::size).sum();
            }
            return new TimingRun(
                    seconds / timed,
                    samples / timed,
                    flops / timed,
                    training.method().weights().numel(),
                    List.copyOf(training.method().encoders().keySet()));
        }
    }

    private static List<Batch> batches(Loader<? extends Batch> loader, PretrainConfig config) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < config.train().accumulate(); i++) {
            batches.add(loader.next());
        }
        return batches;
    }
}
