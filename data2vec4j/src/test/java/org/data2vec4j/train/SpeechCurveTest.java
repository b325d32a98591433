package org.data2vec4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.data2vec4j.audio.AudioDataset;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.data.augment.WaveChange;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.ConvLayer;
import org.data2vec4j.model.contrast.ContrastConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.BlockMask;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.aqc.AqcConfig;
import org.data2vec4j.model.method.aqc.ClustersConfig;
import org.data2vec4j.model.method.aqc.CodesConfig;
import org.data2vec4j.model.method.aqc.CrossConfig;
import org.data2vec4j.model.method.wav2vec2.PenaltyConfig;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.quantizer.QuantizerConfig;
import org.data2vec4j.model.quantizer.TemperatureConfig;
import org.data2vec4j.model.teacher.TargetNormalization;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.model.teacher.TeacherPart;
import org.data2vec4j.train.checkpoint.CheckpointConfig;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;
import org.data2vec4j.train.loop.PretrainSession;
import org.data2vec4j.train.optimizer.AdamWConfig;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.schedule.CosineSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first losses of tiny models of made-up speech, recorded from this code, as in {@link GoldenCurveTest}; a run that was stopped
 * and resumed must have the very same.
 */
class SpeechCurveTest {
    private static final double[] OF_WAV2VEC = {
        6.54913, 6.28971, 6.34810, 6.54479, 6.18985, 5.82884, 5.87665, 5.64535, 5.67657, 5.93823, 5.58691, 5.50900
    };
    private static final double[] OF_AQC = {
        8.24598, 7.89682, 8.00091, 7.98786, 7.59561, 7.37565, 7.20717, 7.09166, 7.30386, 7.39175, 7.07534, 7.04679
    };

    private static final QuantizerConfig QUANTISER = new QuantizerConfig(2, 4, 8, new TemperatureConfig(2, 0.5, 0.9));
    private static final ContrastConfig TASK = new ContrastConfig(5, 0.1, 8);

    @Test
    void theFirstLossesOfWav2Vec(@TempDir Path folder) {
        MethodConfig method =
                new Wav2Vec2Config(new BlockMask(0.5, 3, 0.1), QUANTISER, TASK, PenaltyConfig.defaults(), 0);
        assertCurve(folder, method, new PositionsConfig.WeightNormConv(6, 4), OF_WAV2VEC);
    }

    @Test
    void theFirstLossesOfAqc(@TempDir Path folder) {
        AqcConfig usual = AqcConfig.defaults();
        MethodConfig method = new AqcConfig(
                new BlockMask(0.5, 3, 0.1),
                List.copyOf(WaveChange.published("synthetic")),
                usual.head(),
                new TargetsConfig(
                        2, TargetsConfig.Feature.FEED_FORWARD, List.of(TargetNormalization.INSTANCE_NORM), List.of()),
                new TeacherConfig(0.9, 0.99, 5, TeacherPart.BEHIND_POSITIONS),
                usual.loss(),
                new CrossConfig(
                        0.5,
                        TASK,
                        CodesConfig.Gumbel.of(QUANTISER),
                        new ClustersConfig.KMeans(4, 0.3, 10, ClustersConfig.Scaling.WEAKEN),
                        PenaltyConfig.defaults()));
        assertCurve(folder, method, new PositionsConfig.Conv(2, 3, 4, false), OF_AQC);
    }

    private static PretrainConfig config(Path run, MethodConfig method, PositionsConfig positions) {
        List<ConvLayer> extractor = List.of(new ConvLayer(8, 80, 40), new ConvLayer(8, 8, 8));
        AudioConfig audio =
                new AudioConfig(16_000, extractor, AudioConfig.ExtractorNorm.LAYER, false, 0, 1, Compat.NONE);
        EncoderConfig encoder = new EncoderConfig(
                0,
                2,
                0,
                new BlockConfig(16, 2, 2, NormPlacement.POST, 1e-5, 0, 0, 0, 0),
                positions,
                new AttentionBiasConfig.None(),
                0,
                0);
        return new PretrainConfig(
                11,
                Precision.FP32,
                "cpu",
                "synthetic:7",
                run.toString(),
                AudioModality.of(audio, 0.1, 0.5, 0),
                encoder,
                method,
                new AdamWConfig(1e-3, 0.9, 0.95, 1e-8, 0.05),
                new CosineSchedule(2, 0.1),
                new TrainConfig(12, 3, 2, 1, 1, 4, 1, 3),
                new CheckpointConfig(4, 2),
                new GuardConfig(1000, 0, 0, 1),
                new EvaluateConfig(0, "", "", 10, 10, List.of()));
    }

    private static void run(PretrainConfig config, List<Double> losses, BooleanSupplier stop) {
        TrainListener listener = new TrainListener() {
            @Override
            public void onUpdate(UpdateReport report) {
                losses.add(report.metrics().get(0).value());
            }
        };
        try (PretrainSession training = new PretrainSession(config);
                AudioDataset feed =
                        ((AudioModality) config.modality()).open(config.data(), config.context(warning -> {}))) {
            training.run(feed, "test", Evaluator.NONE, listener, stop, warning -> {});
        }
    }

    private static void assertCurve(Path folder, MethodConfig method, PositionsConfig positions, double[] expected) {
        List<Double> losses = new ArrayList<>();
        run(config(folder.resolve("whole"), method, positions), losses, () -> false);
        List<Double> parts = new ArrayList<>();
        PretrainConfig resumed = config(folder.resolve("resumed"), method, positions);
        run(resumed, parts, () -> parts.size() == 5);
        run(resumed, parts, () -> false);
        assertThat(parts).as("resumed").isEqualTo(losses);
        assertThat(losses).hasSize(12);
        for (int i = 0; i < expected.length; i++) {
            assertThat(losses.get(i))
                    .as("update %s of %s", i + 1, losses)
                    .isCloseTo(expected[i], withinPercentage(0.1));
        }
        assertThat(expected).as("%s", losses).hasSize(12);
    }
}
