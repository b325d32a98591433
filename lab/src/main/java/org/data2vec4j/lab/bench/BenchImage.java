package org.data2vec4j.lab.bench;

import org.data2vec4j.image.ImageModality;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.InverseBlockMask;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2LossConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.train.EvaluateConfig;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.checkpoint.CheckpointConfig;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.optimizer.AdamWConfig;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.schedule.CosineSchedule;

/**
 * The bench {@code image}: data2vec 2.0 with a ViT of width 192, 2 + 10 blocks, on 32 images of 32×32 pixels in patches of 4, 8
 * clones of each. Its numbers never change: results are compared over machines and versions.
 */
public final class BenchImage {
    /** What users call it. */
    public static final String NAME = "image";

    private static final int HEAD = 64;
    private static final int PRENET = 2;
    private static final int DEPTH = 10;
    private static final double CLIP = 4;

    private BenchImage() {}

    /**
     * What {@code d2v bench scaling} changes.
     *
     * @param batch images
     * @param clones of each
     * @param side of an image, in pixels; a multiple of 4
     * @param width of the model; a multiple of 64
     */
    record Size(int batch, int clones, int side, int width) {
        /** That of the bench. */
        static final Size BENCH = new Size(32, 8, 32, 192);
    }

    /** The side of a patch in pixels. */
    static final int PATCH = 4;

    /** The configuration; see {@link Bench.Setup#config}. */
    public static PretrainConfig config(Precision precision, int threads, long updates) {
        return config(Size.BENCH, precision, threads, updates);
    }

    /** The configuration in another size. */
    static PretrainConfig config(Size size, Precision precision, int threads, long updates) {
        return new PretrainConfig(
                1,
                precision,
                "auto",
                "random",
                ".d2v-bench", // never written, so that nothing is resumed
                ImageModality.of(size.side(), PATCH),
                new EncoderConfig(PRENET, DEPTH, 1, BlockConfig.of(size.width(), size.width() / HEAD)),
                new Data2Vec2Config(
                        size.clones(),
                        new InverseBlockMask(0.8, 3, 0.07),
                        ConvDecoderConfig.of(size.width(), 6, 3, 16),
                        TargetsConfig.image(DEPTH),
                        new TeacherConfig(0.9998, 0.99999, 100_000),
                        new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0.01, 0)),
                AdamWConfig.defaults(),
                new CosineSchedule(Math.min(10, updates), 0),
                new TrainConfig(updates, size.batch(), 1, threads, 1, CLIP, 1, 1),
                CheckpointConfig.defaults(),
                GuardConfig.defaults(),
                EvaluateConfig.defaults());
    }
}
