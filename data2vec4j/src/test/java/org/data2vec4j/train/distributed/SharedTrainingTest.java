package org.data2vec4j.train.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.data.augment.WaveChange;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.ConvLayer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.contrast.ContrastConfig;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.BlockMask;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.aqc.AqcConfig;
import org.data2vec4j.model.method.aqc.ClustersConfig;
import org.data2vec4j.model.method.aqc.CodesConfig;
import org.data2vec4j.model.method.aqc.CrossConfig;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2LossConfig;
import org.data2vec4j.model.method.wav2vec2.PenaltyConfig;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.quantizer.QuantizerConfig;
import org.data2vec4j.model.quantizer.TemperatureConfig;
import org.data2vec4j.model.teacher.TargetNormalization;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.TextOptions;
import org.data2vec4j.text.model.TextPositions;
import org.data2vec4j.train.EvaluateConfig;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TinyRun;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.checkpoint.CheckpointConfig;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.distributed.SharedRun.Outcome;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.optimizer.AdamWConfig;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.schedule.CosineSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several ranks make the updates that one makes of the same global batches: losses, health and weights. */
class SharedTrainingTest {
    private static final double TOLERANCE = 1e-5;

    private static final DistributedConfig SMALL_BUCKETS = new DistributedConfig(60, 0.004, true);
    private static final DistributedConfig AFTERWARDS = new DistributedConfig(60, 0.004, false);

    @TempDir
    Path folder;

    private static TrainConfig loop(int updates, int batch, int accumulate, DistributedConfig distributed) {
        return new TrainConfig(updates, batch, accumulate, 1, 1, 4, 1, 3, distributed);
    }

    private PretrainConfig images(TrainConfig train, String run) {
        PretrainConfig tiny = new TinyRun(folder).withoutDropout().config();
        return SharedRun.with(named(tiny, "synthetic:13"), train, folder.resolve(run));
    }

    private static PretrainConfig named(PretrainConfig config, String data) {
        return new PretrainConfig(
                config.seed(),
                config.precision(),
                config.device(),
                data,
                config.run(),
                config.modality(),
                config.model(),
                config.method(),
                config.optimizer(),
                config.schedule(),
                config.train(),
                config.checkpoint(),
                config.guard(),
                config.evaluate());
    }

    /** Recordings of different lengths, cut to lengths that differ by batch; with padding, and batch norm over it. */
    private PretrainConfig recordings(TrainConfig train, String run, MethodConfig method) {
        List<ConvLayer> extractor = List.of(new ConvLayer(8, 80, 40), new ConvLayer(8, 8, 8));
        AudioConfig audio =
                new AudioConfig(16_000, extractor, AudioConfig.ExtractorNorm.LAYER, false, 0, 1, Compat.NONE);
        return sequences(
                "synthetic:7",
                new AudioModality(audio, 0.1, 0.9, 0.9, 0, true, null, null),
                new PositionsConfig.Conv(2, 3, 4, false),
                AttentionBiasConfig.Alibi.defaults(),
                method,
                train,
                run);
    }

    private PretrainConfig texts(TrainConfig train, String run) {
        TextModality text = new TextModality(
                "",
                300,
                16,
                TextModality.Sequences.DOCUMENTS,
                TextOptions.Unit.LINE,
                "text",
                "",
                TextPositions.LEARNED,
                1e-5,
                0,
                false);
        return sequences(
                "synthetic:11",
                text,
                new PositionsConfig.None(),
                new AttentionBiasConfig.None(),
                data2vec2(List.of(TargetNormalization.INSTANCE_NORM)),
                train,
                run);
    }

    private PretrainConfig sequences(
            String data,
            Modality modality,
            PositionsConfig positions,
            AttentionBiasConfig bias,
            MethodConfig method,
            TrainConfig train,
            String run) {
        EncoderConfig encoder = new EncoderConfig(
                0, 2, 0, new BlockConfig(16, 2, 2, NormPlacement.POST, 1e-5, 0, 0, 0, 0), positions, bias, 0, 0);
        return new PretrainConfig(
                11,
                Precision.FP32,
                "cpu",
                data,
                folder.resolve(run).toString(),
                modality,
                encoder,
                method,
                new AdamWConfig(1e-3, 0.9, 0.95, 1e-8, 0.05),
                new CosineSchedule(2, 0.1),
                train,
                new CheckpointConfig(4, 2),
                new GuardConfig(1000, 0, 0, 1),
                new EvaluateConfig(0, "", "", 10, 10, List.of()));
    }

    private static Data2Vec2Config data2vec2(List<TargetNormalization> each) {
        return new Data2Vec2Config(
                2,
                new BlockMask(0.5, 3, 0.1),
                new ConvDecoderConfig(16, 1, 3, 4, true, 1, 2, 0.01, 0),
                new TargetsConfig(2, TargetsConfig.Feature.FEED_FORWARD, each, List.of(TargetNormalization.LAYER_NORM)),
                new TeacherConfig(0.9, 0.99, 5),
                new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0, 0));
    }

    private static void assertAlike(Outcome one, List<Outcome> shared) {
        Outcome first = shared.get(0);
        assertThat(first.samples()).isEqualTo(one.samples());
        assertThat(first.metrics()).hasSameSizeAs(one.metrics());
        for (int update = 0; update < one.metrics().size(); update++) {
            Map<String, Double> expected = one.metrics().get(update);
            Map<String, Double> actual = first.metrics().get(update);
            assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
            for (String name : expected.keySet()) {
                double scale = Math.max(Math.abs(expected.get(name)), name.startsWith("health") ? 0.1 : 0);
                assertThat(actual.get(name))
                        .as("%s of update %d", name, update + 1)
                        .isCloseTo(expected.get(name), within(TOLERANCE * scale));
            }
        }
        assertAlike(one.student(), first.student());
        assertAlike(one.teacher(), first.teacher());
        for (Outcome other : shared) { // bit by bit
            other.student()
                    .forEach((name, values) -> assertThat(values)
                            .as(name)
                            .isEqualTo(first.student().get(name)));
            other.teacher()
                    .forEach((name, values) -> assertThat(values)
                            .as(name)
                            .isEqualTo(first.teacher().get(name)));
        }
    }

    /**
     * Each parameter as a whole, relative to its norm. The keys' bias is left out: it cancels in the softmax, so that its gradient is
     * nothing but rounding, of which Adam makes steps as large as any.
     */
    private static void assertAlike(Map<String, float[]> expected, Map<String, float[]> actual) {
        assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, values) -> {
            double difference = 0;
            double square = 0;
            boolean withKeys = name.endsWith("attn.qkv.bias");
            for (int i = 0; i < values.length; i++) {
                if (withKeys && i / (values.length / 3) == 1) {
                    continue;
                }
                double d = values[i] - actual.get(name)[i];
                difference += d * d;
                square += (double) values[i] * values[i];
            }
            assertThat(Math.sqrt(difference)).as(name).isLessThanOrEqualTo(TOLERANCE * Math.sqrt(square));
        });
    }

    @Test
    void fiftyUpdatesOnPicturesByTwoWithSharesOfThreeAndTwo() throws Exception {
        Outcome one =
                SharedRun.run(images(loop(50, 5, 1, AFTERWARDS), "one"), 1).get(0);
        List<Outcome> two = SharedRun.run(images(loop(50, 5, 1, SMALL_BUCKETS), "two"), 2);
        assertThat(two.get(0).buckets()).isGreaterThan(3);
        assertAlike(one, two);
    }

    @Test
    void byFourWithAccumulationInBucketsDuringAndAfterBackPropagation() throws Exception {
        Outcome one = SharedRun.run(images(loop(8, 6, 2, AFTERWARDS), "one"), 1).get(0);
        List<Outcome> during = SharedRun.run(images(loop(8, 6, 2, SMALL_BUCKETS), "during"), 4);
        List<Outcome> after = SharedRun.run(images(loop(8, 6, 2, AFTERWARDS), "after"), 4);
        assertAlike(one, during);
        during.get(0)
                .student()
                .forEach((name, values) ->
                        assertThat(after.get(0).student().get(name)).as(name).isEqualTo(values));
    }

    @Test
    void recordingsWithPaddingOfWhichSomeRanksHaveNone() throws Exception {
        MethodConfig method = data2vec2(List.of(TargetNormalization.INSTANCE_NORM));
        Outcome one = SharedRun.run(recordings(loop(10, 4, 2, AFTERWARDS), "one", method), 1)
                .get(0);
        assertThat(one.samples()).as("7 recordings in batches of 4").contains(7);
        for (int world : new int[] {2, 4}) {
            assertAlike(one, SharedRun.run(recordings(loop(10, 4, 2, SMALL_BUCKETS), "of" + world, method), world));
        }
    }

    /** The penalties on unused codes and on large features are of the whole batch, and so is their gradient. */
    @Test
    void contrastPenaltiesAreOverAllShares() throws Exception {
        MethodConfig method = new Wav2Vec2Config(
                new BlockMask(0.5, 3, 0.1),
                new QuantizerConfig(2, 4, 8, new TemperatureConfig(2, 0.5, 0.9)),
                new ContrastConfig(3, 0.1, 8),
                new PenaltyConfig(0.5, 10),
                0);
        Outcome one = SharedRun.run(recordings(loop(10, 4, 2, AFTERWARDS), "one", method), 1)
                .get(0);
        assertThat(one.metrics().get(0)).containsKeys("loss/diversity", "loss/features", "codes/perplexity");
        for (int world : new int[] {2, 4}) {
            assertAlike(one, SharedRun.run(recordings(loop(10, 4, 2, SMALL_BUCKETS), "of" + world, method), world));
        }
    }

    /** Clusters are of the whole batch's targets, of clean and of changed recordings. */
    @Test
    void clustersAreOfAllShares() throws Exception {
        AqcConfig published = AqcConfig.defaults().withAugment(WaveChange.published("synthetic"));
        MethodConfig method = new AqcConfig(
                new BlockMask(0.5, 3, 0.1),
                published.augment(),
                published.head(),
                TargetsConfig.image(1),
                new TeacherConfig(0.99, 0.999, 100),
                published.loss(),
                new CrossConfig(
                        1,
                        new ContrastConfig(3, 0.1, 8),
                        new CodesConfig.Gumbel(2, 4, 8, new TemperatureConfig(2, 0.5, 0.9)),
                        new ClustersConfig.KMeans(4, 0.3, 20, ClustersConfig.Scaling.WEAKEN),
                        new PenaltyConfig(0.5, 10)));
        Outcome one = SharedRun.run(recordings(loop(10, 4, 2, AFTERWARDS), "one", method), 1)
                .get(0);
        assertThat(one.metrics().get(0)).containsKeys("loss/regression", "loss/contrastive", "contrast/same_cluster");
        for (int world : new int[] {2, 4}) {
            assertAlike(one, SharedRun.run(recordings(loop(10, 4, 2, SMALL_BUCKETS), "of" + world, method), world));
        }
    }

    @Test
    void batchNormOfTargetsIsOverAllShares() throws Exception {
        MethodConfig method = data2vec2(List.of(TargetNormalization.BATCH_NORM));
        Outcome one = SharedRun.run(recordings(loop(6, 4, 1, AFTERWARDS), "one", method), 1)
                .get(0);
        assertAlike(one, SharedRun.run(recordings(loop(6, 4, 1, SMALL_BUCKETS), "four", method), 4));
    }

    @Test
    void textsOfDifferentLengths() throws Exception {
        Outcome one = SharedRun.run(texts(loop(10, 5, 2, AFTERWARDS), "one"), 1).get(0);
        for (int world : new int[] {2, 4}) {
            assertAlike(one, SharedRun.run(texts(loop(10, 5, 2, SMALL_BUCKETS), "of" + world), world));
        }
    }

    @Test
    void goesOnWithAnotherNumberOfProcesses() throws Exception {
        TrainConfig train = loop(8, 5, 1, SMALL_BUCKETS);
        Outcome one = SharedRun.run(images(train, "one"), 1).get(0);
        PretrainConfig parts = images(train, "parts");
        int[] worlds = {2, 4, 1};
        int made = 0;
        for (int world : worlds) {
            List<Outcome> outcomes = SharedRun.run(parts, world, rank -> stopAfter(3, rank));
            for (Outcome outcome : outcomes) {
                made = (int) outcome.end().update();
            }
            if (made == 8) {
                assertAlike(one.student(), outcomes.get(0).student());
                assertAlike(one.teacher(), outcomes.get(0).teacher());
            }
        }
        assertThat(made).isEqualTo(8);
        assertThat(Files.exists(folder.resolve("parts/checkpoints/step-000003")))
                .isTrue();
        assertThat(Files.exists(folder.resolve("parts/checkpoints/step-000006")))
                .isTrue();
    }

    /** Only the last rank is asked to stop; all do. */
    private static BooleanSupplier stopAfter(int updates, int rank) {
        int[] made = {0};
        return () -> ++made[0] == updates && rank >= 0;
    }

    @Test
    void aBatchThatIsTooSmallToBeSharedIsRefused() {
        assertThatThrownBy(() -> SharedRun.run(images(loop(2, 2, 1, AFTERWARDS), "few"), 3))
                .hasRootCauseInstanceOf(UserException.class)
                .hasMessageContaining("train.batch is 2, to be shared by 3 processes");
    }
}
