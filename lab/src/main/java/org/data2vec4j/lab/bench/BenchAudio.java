package org.data2vec4j.lab.bench;

import java.util.List;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.BlockMask;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2LossConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetNormalization;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.model.teacher.TeacherPart;
import org.data2vec4j.train.EvaluateConfig;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.checkpoint.CheckpointConfig;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.optimizer.AdamWConfig;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.schedule.CosineSchedule;

/**
 * The bench {@code audio}: data2vec 2.0 with an extractor of width 256 and 6 blocks of width 384 on 4 recordings of 4 s, 8 clones of
 * each. Its numbers never change: results are compared over machines and versions.
 */
public final class BenchAudio {
    /** What users call it. */
    public static final String NAME = "audio";

    private static final int EXTRACTOR = 256;
    private static final int WIDTH = 384;
    private static final int HEADS = 6;
    private static final int DEPTH = 6;
    private static final int BATCH = 4;
    private static final double SECONDS = 4;
    private static final int CLONES = 8;

    private BenchAudio() {}

    /** The configuration; see {@link Bench.Setup#config}. */
    public static PretrainConfig config(Precision precision, int threads, long updates) {
        return new PretrainConfig(
                1,
                precision,
                "auto",
                "random",
                ".d2v-bench", // never written, so that nothing is resumed
                AudioModality.of(AudioConfig.of(EXTRACTOR), SECONDS, SECONDS, 0),
                new EncoderConfig(
                        0,
                        DEPTH,
                        0,
                        new BlockConfig(WIDTH, HEADS, 4, NormPlacement.POST, 1e-5, 0, 0, 0, 0),
                        new PositionsConfig.Conv(5, 19, 16, false),
                        AttentionBiasConfig.Alibi.defaults(),
                        0,
                        0),
                new Data2Vec2Config(
                        CLONES,
                        new BlockMask(0.5, 5, 0.05),
                        ConvDecoderConfig.of(192, 4, 7, 16),
                        new TargetsConfig(
                                4,
                                TargetsConfig.Feature.FEED_FORWARD,
                                List.of(TargetNormalization.INSTANCE_NORM),
                                List.of()),
                        new TeacherConfig(0.999, 0.99999, 75_000, TeacherPart.BEHIND_FEATURE_ENCODER),
                        new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0, 0)),
                AdamWConfig.defaults(),
                new CosineSchedule(Math.min(10, updates), 0),
                new TrainConfig(updates, BATCH, 1, threads, 1, 1, 1, 1),
                CheckpointConfig.defaults(),
                GuardConfig.defaults(),
                EvaluateConfig.defaults());
    }
}
