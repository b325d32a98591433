package org.data2vec4j.model.method.aqc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.data2vec4j.audio.data.augment.GaussianNoise;
import org.data2vec4j.audio.data.augment.WaveChange;
import org.data2vec4j.audio.model.AudioConfig.ExtractorNorm;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.OneOther;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.TinySequences;
import org.data2vec4j.model.contrast.ContrastConfig;
import org.data2vec4j.model.contrast.Negatives;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.method.data2vec1.Data2Vec1LossConfig;
import org.data2vec4j.model.method.data2vec1.RegressionHeadConfig;
import org.data2vec4j.model.method.wav2vec2.PenaltyConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.quantizer.TemperatureConfig;
import org.data2vec4j.model.teacher.TargetNormalization;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.model.teacher.TeacherPart;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(InScope.class)
class AqcTest {
    private static final List<WaveChange> NOISE = List.of(new GaussianNoise(1, 0.1, 0.5));
    private static final CodesConfig CODES = new CodesConfig.Gumbel(2, 4, 8, new TemperatureConfig(2, 0.5, 0.9));
    private static final ClustersConfig CLUSTERS = new ClustersConfig.KMeans(4, 0.3, 10, ClustersConfig.Scaling.WEAKEN);
    private static final PenaltyConfig NONE = new PenaltyConfig(0, 0);
    private static final EncoderConfig ENCODER = new EncoderConfig(
            0,
            2,
            0,
            Tiny.block(NormPlacement.POST),
            new PositionsConfig.Conv(2, 3, 4, false),
            new AttentionBiasConfig.None(),
            0,
            0);

    private static AqcConfig config(List<WaveChange> augment, TeacherPart part, CrossConfig contrast) {
        return new AqcConfig(
                new RandomMask(0.5),
                List.copyOf(augment),
                RegressionHeadConfig.defaults(),
                new TargetsConfig(
                        2, TargetsConfig.Feature.FEED_FORWARD, List.of(TargetNormalization.INSTANCE_NORM), List.of()),
                new TeacherConfig(0.9, 0.99, 10, part),
                Data2Vec1LossConfig.defaults(),
                contrast);
    }

    private static CrossConfig cross(CodesConfig codes, ClustersConfig clusters, PenaltyConfig penalty) {
        return new CrossConfig(0.5, new ContrastConfig(6, 0.1, 8), codes, clusters, penalty);
    }

    private static Aqc method(List<WaveChange> augment, CrossConfig contrast) {
        Aqc method = config(augment, TeacherPart.BEHIND_POSITIONS, contrast)
                .build(ENCODER, AqcTest::featureEncoder, 3, Device.CPU);
        Tiny.scramble(method.weights(), 4);
        method.teacher().copyStudent();
        return method;
    }

    private static AudioFeatureEncoder featureEncoder() {
        return new AudioFeatureEncoder(TinySequences.audio(ExtractorNorm.LAYER, Compat.NONE), Tiny.WIDTH);
    }

    private static double sum(StepResult result, String term) {
        return result.losses().stream()
                .filter(loss -> loss.name().equals(term))
                .mapToDouble(loss -> loss.sum().item())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRecordingsLossDependsNeitherOnPaddingNorOnNeighbours() {
        Aqc method = method(NOISE, cross(CODES, new ClustersConfig.None(), NONE));
        method.train(true);
        StepResult together = method.forward(TinySequences.recordings(), 5, false);
        double regression = 0;
        double contrastive = 0;
        for (int i = 0; i < 3; i++) {
            StepResult alone = method.forward(TinySequences.recording(i), 5, false);
            regression += sum(alone, "regression");
            contrastive += sum(alone, "contrastive");
        }
        assertThat(sum(together, "regression")).isCloseTo(regression, withinPercentage(0.01));
        assertThat(sum(together, "contrastive")).isCloseTo(contrastive, withinPercentage(0.01));
    }

    @Test
    void everyParameterGetsAFiniteGradient() {
        Aqc method = method(NOISE, cross(CODES, CLUSTERS, PenaltyConfig.defaults()));
        method.train(true);
        method.forward(TinySequences.recordings(), 0, false).loss().backward();
        method.weights().views(method.weights().gradients()).forEach((name, gradient) -> {
            assertThat(F.allFinite(gradient)).as(name).isTrue();
            assertThat(gradient.norm().item()).as(name).isPositive();
        });
        assertThat(method.weights().parameters().keySet())
                .contains("mask.embedding", "head.layers.0.weight", "quantiser.codes", "contrast.targets.weight");
    }

    @Test
    void eachLetterCanBeSwitchedOff() {
        Input input = TinySequences.recordings();
        Aqc a = method(List.of(), cross(CODES, CLUSTERS, NONE));
        assertThat(a.changed(input, 3)).as("A").isSameAs(input);
        assertThat(method(NOISE, cross(CODES, CLUSTERS, NONE))
                        .changed(input, 3)
                        .source()
                        .toFloats())
                .isNotEqualTo(input.source().toFloats());

        Aqc q = method(NOISE, cross(new CodesConfig.None(), CLUSTERS, PenaltyConfig.defaults()));
        assertThat(q.weights().parameters().keySet()).as("Q").noneMatch(name -> name.startsWith("quantiser"));
        StepResult withoutCodes = q.forward(input, 0, true);
        assertThat(withoutCodes.losses())
                .extracting(LossTerm::name)
                .containsExactly("regression", "contrastive", "features");
        assertThat(withoutCodes.diagnostics()).extracting(Diagnostic::name).noneMatch(name -> name.startsWith("codes"));
        withoutCodes.loss().backward();
        assertThat(q.weights()
                        .parameter("contrast.targets.weight")
                        .value()
                        .grad()
                        .norm()
                        .item())
                .isPositive();

        Aqc c = method(NOISE, cross(CODES, new ClustersConfig.None(), NONE));
        assertThat(c.forward(input, 0, true).diagnostics())
                .as("C")
                .extracting(Diagnostic::name)
                .doesNotContain("contrast/same_cluster");

        Aqc bare =
                method(NOISE, new CrossConfig(0, ContrastConfig.defaults(), CODES, CLUSTERS, PenaltyConfig.defaults()));
        assertThat(bare.forward(input, 0, true).losses())
                .extracting(LossTerm::name)
                .containsExactly("regression");
        assertThat(bare.weights().parameters().keySet())
                .noneMatch(name -> name.startsWith("quantiser") || name.startsWith("contrast"));
    }

    @Test
    void theTeacherHearsTheCleanRecordingAndTheStudentTheChangedOne() {
        Aqc method = method(NOISE, cross(CODES, new ClustersConfig.None(), NONE));
        Input input = TinySequences.recording(0);
        AqcDraws draws = method.choose(input, 0);
        Input other = new Input(Tiny.normal(9, 1, 90), input.ids());
        double same = sum(method.forward(input, input, draws, Tiny.context(draws.masks(), false)), "regression");
        double student = sum(method.forward(input, other, draws, Tiny.context(draws.masks(), false)), "regression");
        double teacher = sum(method.forward(other, input, draws, Tiny.context(draws.masks(), false)), "regression");
        double both = sum(method.forward(other, other, draws, Tiny.context(draws.masks(), false)), "regression");
        assertThat(student).isNotCloseTo(same, within(1e-4));
        assertThat(teacher).isNotCloseTo(same, within(1e-4)).isNotCloseTo(student, within(1e-4));
        assertThat(both).isNotCloseTo(same, within(1e-4));
    }

    @ParameterizedTest
    @EnumSource(TeacherPart.class)
    void theTeacherMovesWhatItAveragesAndNothingElse(TeacherPart part) {
        Aqc method = config(NOISE, part, cross(CODES, CLUSTERS, NONE))
                .build(ENCODER, AqcTest::featureEncoder, 3, Device.CPU);
        float[] before = method.teacher().weights().values().toFloats();
        method.weights().values().detach().add_(1);
        assertThat(method.afterUpdate(0)).hasValue(0.9);
        float[] after = method.teacher().weights().values().toFloats();
        for (int i = 0; i < after.length; i += 13) {
            assertThat(after[i]).isCloseTo(before[i] + 0.1f, within(1e-5f));
        }
        assertThat(method.forward(TinySequences.recordings(), 0, false).loss().item())
                .isFinite();
        assertThat(method.frozenWeights()).containsOnlyKeys("teacher");
        assertThat(method.encoders()).containsOnlyKeys("student", "teacher");
    }

    @Test
    void negativesInTheOwnClusterAreWeakened() {
        Tensor scores = Tensors.of(new float[] {1, 2, -2, 5, -1, 4}, 2, 3);
        boolean[] flags = {true, true, false, true};
        boolean[] none = new boolean[4];
        boolean[] some = {false, false, true, false};
        ClustersConfig.KMeans weaken = new ClustersConfig.KMeans(4, 0.5, 1, ClustersConfig.Scaling.WEAKEN);
        assertThat(weaken.apply(scores, flags, none, BatchStatistics.single()).toFloats())
                .containsExactly(1, 1, -2, 5, -1, 2);
        ClustersConfig.KMeans fairseq = new ClustersConfig.KMeans(4, 0.5, 1, ClustersConfig.Scaling.FAIRSEQ);
        assertThat(fairseq.apply(scores, flags, none, BatchStatistics.single()).toFloats())
                .as("only where some negative has the own codes")
                .containsExactly(scores.toFloats());
        assertThat(fairseq.apply(scores, flags, some, BatchStatistics.single()).toFloats())
                .containsExactly(1, 1, -1, 5, -1, 2);
        assertThat(fairseq.apply(scores, flags, none, BatchStatistics.over(new OneOther(1), true))
                        .toFloats())
                .as("or in another process's share of the batch")
                .containsExactly(1, 1, -1, 5, -1, 2);
        assertThat(fairseq.apply(scores, flags, none, BatchStatistics.over(new OneOther(0), true))
                        .toFloats())
                .containsExactly(scores.toFloats());
        assertThat(fairseq.apply(scores, flags, some, BatchStatistics.over(new OneOther(0), false))
                        .toFloats())
                .as("a placeholder has no say")
                .containsExactly(scores.toFloats());
        assertThat(weaken.count(40)).isEqualTo(10);
        assertThat(weaken.count(5)).isEqualTo(2);
    }

    @Test
    void clusteringLowersTheLossOfAlikeNegatives() {
        Aqc plain = method(NOISE, cross(new CodesConfig.None(), new ClustersConfig.None(), NONE));
        Aqc clustered = method(NOISE, cross(new CodesConfig.None(), CLUSTERS, NONE));
        Input input = TinySequences.recordings();
        AqcDraws draws = clustered.choose(input, 0);
        AqcDraws oneCluster = new AqcDraws(
                draws.masks(), draws.clean(), draws.changed(), (targets, count) -> new long[(int) targets.size(0)]);
        double without = sum(plain.forward(input, input, draws, Tiny.context(draws.masks(), false)), "contrastive");
        assertThat(sum(
                        clustered.forward(input, input, oneCluster, Tiny.context(oneCluster.masks(), false)),
                        "contrastive"))
                .isLessThan(without);
        AqcDraws apart = new AqcDraws(draws.masks(), draws.clean(), draws.changed(), (targets, count) -> {
            long[] labels = new long[(int) targets.size(0)];
            Arrays.setAll(labels, i -> i);
            return labels;
        });
        assertThat(sum(clustered.forward(input, input, apart, Tiny.context(apart.masks(), false)), "contrastive"))
                .isCloseTo(without, withinPercentage(1e-3));
    }

    @Test
    void drawsChangeWithTheUpdateAndNothingElseDoes() {
        Aqc method = method(NOISE, cross(CODES, CLUSTERS, PenaltyConfig.defaults()));
        method.train(true);
        Input batch = TinySequences.recordings();
        double loss = method.forward(batch, 5, false).loss().item();
        StepResult observed = method.forward(batch, 5, true);
        assertThat(observed.loss().item()).isEqualTo(loss);
        assertThat(observed.diagnostics())
                .extracting(Diagnostic::name)
                .contains("contrast/student_accuracy", "contrast/same_cluster", "codes/use", "target/std");
        assertThat(method.forward(batch, 6, false).loss().item()).isNotEqualTo(loss);
        AqcDraws draws = method.choose(batch, 5);
        assertThat(draws.clean().negatives().places())
                .isNotEqualTo(draws.changed().negatives().places());
        assertThat(Objects.requireNonNull(draws.clean().noise()).values())
                .isNotEqualTo(Objects.requireNonNull(draws.changed().noise()).values());
    }

    @Test
    void theLossFallsOnOneBatch() {
        Aqc method = config(NOISE, TeacherPart.BEHIND_POSITIONS, cross(CODES, CLUSTERS, NONE))
                .build(ENCODER, AqcTest::featureEncoder, 3, Device.CPU);
        method.train(true);
        Input batch = TinySequences.recordings();
        double first = 0;
        double last = 0;
        for (int step = 0; step < 40; step++) { // the teacher stands still, the draws too
            method.weights().gradients().zero_();
            Tensor loss = method.forward(batch, 0, false).loss();
            loss.backward();
            method.weights().values().detach().add_(method.weights().gradients(), -0.03);
            last = loss.item();
            first = step == 0 ? last : first;
        }
        assertThat(last).isLessThan(0.85 * first);
    }

    @Test
    void aStepFreesAllThatItMakes() {
        Aqc method = method(NOISE, cross(CODES, CLUSTERS, PenaltyConfig.defaults()));
        method.train(true);
        long pointers = 0;
        for (int update = 0; update < 12; update++) {
            try (Scope step = Scope.open()) {
                method.forward(TinySequences.recordings(), update, update % 2 == 0)
                        .loss()
                        .backward();
                method.afterUpdate(update);
            }
            pointers = update == 2 ? Native.livePointers() : pointers;
        }
        assertThat(Native.livePointers()).isLessThanOrEqualTo(pointers);
    }

    @Test
    void computesInBfloat16() {
        Aqc method = method(NOISE, cross(CODES, CLUSTERS, PenaltyConfig.defaults()));
        Input batch = TinySequences.recordings();
        double full = method.forward(batch, 0, false).loss().item();
        StepResult half = Autocast.with(DType.BF16, () -> method.forward(batch, 0, false));
        half.loss().backward();
        assertThat(half.loss().item()).isCloseTo(full, withinPercentage(15));
        assertThat(F.allFinite(method.weights().gradients())).isTrue();
    }

    @Test
    void wrongUseIsRefused() {
        AqcConfig config = config(NOISE, TeacherPart.ENCODER, cross(CODES, CLUSTERS, NONE));
        assertThat(config.title()).isEqualTo("data2vec-aqc");
        assertThatThrownBy(() ->
                        config.build(ENCODER, () -> new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH), 1, Device.CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("aqc changes the sound of recordings");
        assertThatThrownBy(() -> AqcConfig.defaults().checkFits(ENCODER))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("targets.layers is 8 but model.depth is 2");
        assertThatThrownBy(() -> new CrossConfig(-1, ContrastConfig.defaults(), CODES, CLUSTERS, NONE))
                .hasMessageContaining("weight is -1");
        assertThatThrownBy(() -> new ClustersConfig.KMeans(0, 0.3, 1, ClustersConfig.Scaling.WEAKEN))
                .hasMessageContaining("factor is 0");
        assertThatThrownBy(() -> new ClustersConfig.KMeans(4, 1.3, 1, ClustersConfig.Scaling.WEAKEN))
                .hasMessageContaining("scale is 1.3");
        assertThatThrownBy(() -> new CodesConfig.Gumbel(3, 4, 8, TemperatureConfig.defaults()))
                .hasMessageContaining("groups must divide width");
        Input one = new Input(Tiny.normal(1, 1, 9), new long[] {1}); // a single position
        assertThatThrownBy(() -> method(NOISE, cross(CODES, CLUSTERS, NONE)).forward(one, 0, false))
                .hasMessageContaining("nothing is masked");
        AqcDraws draws = method(NOISE, cross(CODES, CLUSTERS, NONE)).choose(TinySequences.recordings(), 0);
        AqcDraws.OfView few = new AqcDraws.OfView(new Negatives(1, new long[1]), null);
        assertThatThrownBy(() -> new AqcDraws(draws.masks(), draws.clean(), few, draws.clusters()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
