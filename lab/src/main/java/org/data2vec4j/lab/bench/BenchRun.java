package org.data2vec4j.lab.bench;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.tensor.Flops;
import org.data2vec4j.tensor.MatrixRate;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.OperatorProfile;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainStep;
import org.data2vec4j.train.loop.PretrainSession;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** Times a bench's update, made by the trainer's own step, in one precision after the other. */
final class BenchRun {
    /** Untimed updates before the timed ones: kernels are paged in and the JVM has compiled by then. */
    static final int WARMUP = 3;

    private static final int BATCHES = 4;
    private static final double RATE_SECONDS = 0.5;
    private static final double NANOS_PER_MS = 1e6;

    private final Bench bench;
    private final Settings settings;
    private final BenchProgress progress;

    /**
     * What to run.
     *
     * @param precisions one or both
     * @param updates timed updates of each
     * @param threads processor threads of one operator; 0 for all cores
     * @param profile whether to observe operators after the timed updates
     */
    record Settings(List<Precision> precisions, int updates, int threads, boolean profile) {}

    BenchRun(Bench bench, Settings settings, BenchProgress progress) {
        this.bench = bench;
        this.settings = settings;
        this.progress = progress;
    }

    /** Runs; everything is freed after each precision. */
    BenchResult run() {
        List<PrecisionResult> results = new ArrayList<>();
        String device = "";
        String samples = "";
        long flops = 0;
        for (Precision precision : settings.precisions()) {
            PretrainConfig config =
                    bench.setup().config(precision, settings.threads(), (long) WARMUP + settings.updates());
            System.gc();
            Native.trim();
            boolean ownPeak = PeakMemory.reset() || results.isEmpty();
            PhaseTimes clock = new PhaseTimes();
            try (PretrainSession pretraining = new PretrainSession(config)) {
                device = pretraining.device().toString();
                samples = config.modality().samples();
                double before = rate(pretraining);
                TrainStep step = pretraining.step(clock);
                RandomBatches batches = new RandomBatches(config, BATCHES);
                flops = Flops.of(() -> step.run(List.of(batches.of(0)), 0, false));
                Quantiles times = times(step, batches, config, clock);
                @Nullable Double peak = ownPeak ? PeakMemory.megabytes() : null;
                double rate = Math.max(before, rate(pretraining));
                List<OperatorProfile.Row> operators = settings.profile() ? operators(pretraining, batches) : List.of();
                results.add(result(config, flops, times, peak, rate, clock, operators));
            }
        }
        return new BenchResult(bench.name(), samples, results, flops, Native.threads(), settings.updates(), device);
    }

    private Quantiles times(TrainStep step, RandomBatches batches, PretrainConfig config, PhaseTimes clock) {
        double[] times = new double[settings.updates()];
        progress.start(config.precision(), WARMUP, times.length);
        for (int update = 0; update < WARMUP + times.length; update++) {
            if (update == WARMUP) {
                clock.clear();
            }
            long start = System.nanoTime();
            step.run(List.of(batches.of(update)), update, false);
            if (update >= WARMUP) {
                times[update - WARMUP] = (System.nanoTime() - start) / NANOS_PER_MS;
                progress.timed(config.precision(), update - WARMUP + 1, times.length);
            }
        }
        return Quantiles.of(times);
    }

    private static List<OperatorProfile.Row> operators(PretrainSession pretraining, RandomBatches batches) {
        return OperatorTimes.of(clock -> {
            TrainStep step = pretraining.step(clock);
            return update -> step.run(List.of(batches.of(update)), update, false);
        });
    }

    private static double rate(PretrainSession pretraining) {
        return MatrixRate.measure(pretraining.precision().type(), pretraining.device(), RATE_SECONDS);
    }

    private static PrecisionResult result(
            PretrainConfig config,
            long flops,
            Quantiles times,
            @Nullable Double peak,
            double rate,
            PhaseTimes clock,
            List<OperatorProfile.Row> operators) {
        double seconds = times.at(0.5) / 1e3;
        double achieved = flops / seconds;
        int samples = config.train().batch() * config.train().accumulate();
        return new PrecisionResult(
                config.precision(),
                times.at(0.5),
                times.at(0.1),
                times.at(0.9),
                samples / seconds,
                peak,
                rate,
                achieved / rate,
                clock.medians(),
                operators);
    }
}
