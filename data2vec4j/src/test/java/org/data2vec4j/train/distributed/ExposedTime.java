package org.data2vec4j.train.distributed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.Shard;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.InverseBlockMask;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2LossConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.tensor.C10dReducer;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.GlooGroup;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.tensor.distributed.Rendezvous;
import org.data2vec4j.train.EvaluateConfig;
import org.data2vec4j.train.PhaseClock;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.TrainStep;
import org.data2vec4j.train.checkpoint.CheckpointConfig;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.loop.PretrainSession;
import org.data2vec4j.train.optimizer.AdamWConfig;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.schedule.CosineSchedule;

/**
 * Measures what an update waits for sums of gradients, in ours and in c10d's own buckets: run it in as many processes as torchrun's
 * variables say, with the width and depth of the model, the global batch, the number of updates, a new file that all processes see,
 * and this process's address as arguments. No test: speed is never asserted.
 */
public final class ExposedTime {
    private static final int WARMUP = 3;

    private final ProcessGroup group;
    private final C10dReducer.Group reducers;
    private final int updates;

    private ExposedTime(ProcessGroup group, C10dReducer.Group reducers, int updates) {
        this.group = group;
        this.reducers = reducers;
        this.updates = updates;
    }

    /** Prints a line for each way to reduce, by rank 0. */
    public static void main(String[] arguments) {
        int width = Integer.parseInt(arguments[0]);
        int depth = Integer.parseInt(arguments[1]);
        int batch = Integer.parseInt(arguments[2]);
        int updates = Integer.parseInt(arguments[3]);
        Rendezvous where = Objects.requireNonNull(
                Rendezvous.of(System.getenv(), Duration.ofMinutes(2)), "start several processes");
        ProcessGroup group = GlooGroup.meet(where);
        ExposedTime time =
                new ExposedTime(group, C10dReducer.meet(where, Path.of(arguments[4]), arguments[5]), updates);
        Function<DistributedConfig, PretrainConfig> config = way -> config(width, depth, batch, updates, way);
        PretrainConfig plain = config.apply(DistributedConfig.defaults());
        time.measure("nothing summed", ProcessGroup.single(), plain, 0);
        for (DistributedConfig way : List.of(
                new DistributedConfig(60, 10_000, false),
                new DistributedConfig(60, 25, false),
                new DistributedConfig(60, 25, true),
                new DistributedConfig(60, 4, true),
                new DistributedConfig(60, 1, true))) {
            String name = String.format(Locale.ROOT, "%.0f MiB, overlap %s", way.bucketMb(), way.overlap());
            time.measure(name, group, config.apply(way), 0);
        }
        for (double megabytes : new double[] {25, 4, 1}) {
            String name = String.format(Locale.ROOT, "%.0f MiB, c10d's Reducer", megabytes);
            time.measure(name, ProcessGroup.single(), plain, megabytes);
        }
        group.close();
        System.exit(0);
    }

    /**
     * Times one way.
     *
     * @param sums whose gradients the step sums by itself
     * @param reducer MiB of c10d's buckets; 0 for none of them
     */
    private void measure(String name, ProcessGroup sums, PretrainConfig config, double reducer) {
        try (Dataset feed = config.modality().open(config.data(), config.context(line -> {}));
                PretrainSession training = new PretrainSession(config, sums);
                Loader<? extends Batch> loader =
                        feed.loader(LoaderPosition.START, new Shard(group.rank(), group.size()), line -> {})) {
            TrainStep step = training.step(PhaseClock.NONE);
            training.method().train(true);
            List<Tensor> leaves = training.method().weights().places().stream()
                    .map(place -> place.parameter().value())
                    .toList();
            C10dReducer c10d = reducer > 0 ? C10dReducer.over(reducers, leaves, reducer) : null;
            List<Double> seconds = new ArrayList<>();
            List<Double> exposed = new ArrayList<>();
            for (int update = 0; update < updates; update++) {
                List<Batch> batches = List.of(loader.next());
                group.barrier();
                double before = training.exchange().exposedSeconds();
                long start = System.nanoTime();
                if (c10d != null) {
                    c10d.prepare();
                }
                step.run(batches, update, false);
                if (update >= WARMUP) {
                    seconds.add((System.nanoTime() - start) / 1e9);
                    exposed.add(training.exchange().exposedSeconds() - before);
                }
            }
            if (c10d != null) {
                c10d.remove();
            }
            if (group.isRankZero()) {
                System.out.printf(
                        Locale.ROOT,
                        "%d processes, %,d parameters, %s: update %.1f ms, of which exposed %s%n",
                        group.size(),
                        training.method().weights().numel(),
                        name,
                        1e3 * median(seconds),
                        sums.size() == 1 ? "unknown" : String.format(Locale.ROOT, "%.1f", 1e3 * median(exposed)));
            }
        }
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    private static PretrainConfig config(int width, int depth, int batch, int updates, DistributedConfig way) {
        return new PretrainConfig(
                1,
                Precision.FP32,
                "cpu",
                "synthetic:256",
                "unused",
                ImageModality.of(64, 8),
                new EncoderConfig(
                        0, depth, 1, new BlockConfig(width, width / 64, 4, NormPlacement.POST, 1e-6, 0, 0, 0, 0)),
                new Data2Vec2Config(
                        4,
                        new InverseBlockMask(0.75, 2, 0.1),
                        new ConvDecoderConfig(width, 2, 3, 16, true, 1, 2, 0.01, 0),
                        TargetsConfig.image(depth / 2),
                        new TeacherConfig(0.99, 0.999, 100),
                        new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0.01, 0)),
                new AdamWConfig(1e-4, 0.9, 0.95, 1e-8, 0.05),
                new CosineSchedule(2, 0.1),
                new TrainConfig(updates, batch, 1, 1, 1, 4, 1, 1000, way),
                new CheckpointConfig(1000, 1),
                new GuardConfig(100_000, 0, 0, 1),
                new EvaluateConfig(0, "", "", 10, 10, List.of()));
    }
}
