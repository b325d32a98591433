package org.data2vec4j.model.method.data2vec1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.TinySequences;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.GridPositions;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.mask.RectangleMask;
import org.data2vec4j.model.mask.TokenReplacementConfig;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetNormalization;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TargetsConfig.Feature;
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
import org.data2vec4j.text.model.TextFeatureEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(InScope.class)
class Data2Vec1Test {
    private static final CorruptionConfig EMBEDDING = new CorruptionConfig.Embedding();
    private static final CorruptionConfig TOKENS =
            new CorruptionConfig.Tokens(new TokenReplacementConfig(29, 0.8, 0.1));

    /** A modality with its batch and its samples alone. */
    enum Data {
        IMAGES,
        SPEECH,
        TEXTS;

        Data2Vec1 method(RegressionHeadConfig head, Data2Vec1LossConfig loss, TeacherPart part) {
            CorruptionConfig hiding = this == TEXTS ? TOKENS : EMBEDDING;
            TargetNormalization norm =
                    this == SPEECH ? TargetNormalization.INSTANCE_NORM : TargetNormalization.LAYER_NORM;
            Data2Vec1Config config = new Data2Vec1Config(
                    new RandomMask(0.4),
                    hiding,
                    head,
                    new TargetsConfig(
                            2,
                            this == IMAGES ? Feature.BLOCK_OUTPUT : Feature.FEED_FORWARD,
                            List.of(norm),
                            List.of(TargetNormalization.LAYER_NORM)),
                    new TeacherConfig(0.9, 0.99, 10, part),
                    loss);
            return switch (this) {
                case IMAGES ->
                    config.build(
                            beit(1),
                            () -> new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH, GridPositions.NONE),
                            3,
                            Device.CPU);
                case SPEECH ->
                    config.build(
                            conv(),
                            () -> new AudioFeatureEncoder(
                                    TinySequences.audio(AudioConfig.ExtractorNorm.LAYER, Compat.NONE), Tiny.WIDTH),
                            3,
                            Device.CPU);
                case TEXTS ->
                    config.build(
                            new EncoderConfig(0, 3, 0, Tiny.block(NormPlacement.POST)),
                            () -> new TextFeatureEncoder(TinySequences.text(Compat.NONE), Tiny.WIDTH),
                            3,
                            Device.CPU);
            };
        }

        Data2Vec1 method() {
            Data2Vec1 method = method(
                    new RegressionHeadConfig(2, 1.5),
                    Data2Vec1LossConfig.smooth(0.7),
                    TeacherPart.BEHIND_FEATURE_ENCODER);
            Tiny.scramble(method.weights(), 4);
            return method;
        }

        Input batch() {
            return switch (this) {
                case IMAGES -> Tiny.images(3, 1);
                case SPEECH -> TinySequences.recordings();
                case TEXTS -> TinySequences.texts();
            };
        }

        Input alone(int i) {
            IntFunction<Input> one = switch (this) {
                case IMAGES -> sample -> Tiny.alone(Tiny.images(3, 1), sample);
                case SPEECH -> TinySequences::recording;
                case TEXTS -> TinySequences::text;
            };
            return one.apply(i);
        }
    }

    private static EncoderConfig beit(int extra) {
        BlockConfig block = new BlockConfig(Tiny.WIDTH, 2, 2, NormPlacement.PRE, 1e-6, 0, 0, 0, 0, 0.1);
        return new EncoderConfig(
                0, 3, extra, block, new PositionsConfig.None(), new AttentionBiasConfig.Relative(2, false), 0, 0);
    }

    private static EncoderConfig conv() {
        return new EncoderConfig(
                0,
                3,
                0,
                Tiny.block(NormPlacement.POST),
                new PositionsConfig.Conv(2, 3, 4, false),
                new AttentionBiasConfig.None(),
                0,
                0);
    }

    @ParameterizedTest
    @CsvSource({"IMAGES,0", "IMAGES,1.3", "SPEECH,0", "SPEECH,1.3"})
    void theLossIsTheDistanceFromTheTeachersTargetsAtMaskedPlaces(Data data, double beta) {
        Data2Vec1LossConfig loss = beta == 0 ? Data2Vec1LossConfig.defaults() : Data2Vec1LossConfig.smooth(beta);
        Data2Vec1 method = data.method(new RegressionHeadConfig(0, 1), loss, TeacherPart.BEHIND_FEATURE_ENCODER);
        Tiny.scramble(method.weights(), 4);
        Tiny.scramble(method.teacher().weights(), 5);
        Input input = data.batch();
        Layout layout = method.encoder().featureEncoder().layout(input);
        MaskBatch masks = MaskBatch.draw(new RandomMask(0.4), layout, 3, 7, input.ids(), 1);

        Tensor tokens = method.encoder().featureEncoder().tokens(input, layout);
        float[] hidden = tokens.toFloats();
        float[] embedding = method.weights().parameter("mask.embedding").value().toFloats();
        int width = Tiny.WIDTH;
        int size = layout.grid().size();
        for (int i = 0; i < hidden.length; i++) {
            boolean masked = masks.masked(i / width / size, i / width % size);
            hidden[i] = masked ? embedding[i % width] : hidden[i];
        }
        float[] predicted = method.encoder()
                .encode(Tensors.of(hidden, tokens.shape()), layout)
                .positions()
                .toFloats();
        float[] expected = method.targets(input).toFloats();
        double sum = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (masks.masked(i / width / size, i / width % size)) {
                double gap = Math.abs(predicted[i] - expected[i]);
                sum += beta == 0 ? gap * gap : gap < beta ? 0.5 * gap * gap / beta : gap - 0.5 * beta;
            }
        }
        StepResult result = method.forward(input, 7, false);
        assertThat(result.count()).isEqualTo(masks.masked());
        assertThat(result.total().item()).isCloseTo(sum / Math.sqrt(width), withinPercentage(1e-2));
        assertThat(result.losses()).extracting("name").containsExactly("regression");
    }

    @Test
    void aGivenScaleReplacesTheUsualOne() {
        Data2Vec1LossConfig usual = Data2Vec1LossConfig.defaults();
        Data2Vec1LossConfig given = new Data2Vec1LossConfig(new RegressionLoss.L2(), 3.0);
        Input images = Data.IMAGES.batch();
        double one = Data.IMAGES
                .method(RegressionHeadConfig.defaults(), usual, TeacherPart.ENCODER)
                .forward(images, 0, false)
                .loss()
                .item();
        double other = Data.IMAGES
                .method(RegressionHeadConfig.defaults(), given, TeacherPart.ENCODER)
                .forward(images, 0, false)
                .loss()
                .item();
        assertThat(other).isCloseTo(one * 3 * Math.sqrt(Tiny.WIDTH), withinPercentage(1e-3));
    }

    @ParameterizedTest
    @EnumSource(Data.class)
    void aSamplesLossDoesNotDependOnPaddingAndNeighbours(Data data) {
        Data2Vec1 method = data.method();
        double apart = 0;
        for (int i = 0; i < 3; i++) {
            apart += method.forward(data.alone(i), 5, false).total().item();
        }
        assertThat(method.forward(data.batch(), 5, false).total().item()).isCloseTo(apart, withinPercentage(1e-2));
    }

    @Test
    void theStudentNeverSeesMaskedPatchesAndTheTeacherDoes() {
        Data2Vec1 method = Data.IMAGES.method();
        Input images = Tiny.images(2, 1);
        boolean[] flags = new boolean[12];
        flags[0] = true; // the upper left patch of both
        flags[6] = true;
        MaskBatch masks = MaskBatch.of(flags, new Grid(2, 3), 1);
        float[] pixels = images.source().toFloats();
        for (int row = 0; row < 2 * 3 * 4; row++) { // four rows of the first patch in every colour of both images
            int start = row / 4 * 96 + row % 4 * 12;
            Arrays.fill(pixels, start, start + 4, 7);
        }
        Input changed = new Input(Tensors.of(pixels, images.source().shape()), images.ids());
        StepResult before = method.forward(images, images, masks, Tiny.context(masks, true));
        StepResult after = method.forward(changed, changed, masks, Tiny.context(masks, true));
        assertThat(monitor(after, "prediction/std")).isEqualTo(monitor(before, "prediction/std"));
        assertThat(monitor(after, "target/std")).isNotEqualTo(monitor(before, "target/std"));
    }

    @ParameterizedTest
    @EnumSource(Data.class)
    void masksChangeWithTheUpdateAndNothingElseDoes(Data data) {
        Data2Vec1 method = data.method();
        Input batch = data.batch();
        double loss = method.forward(batch, 5, false).loss().item();
        StepResult observed = method.forward(batch, 5, true);
        assertThat(observed.loss().item()).isEqualTo(loss);
        assertThat(observed.diagnostics())
                .extracting(Diagnostic::name)
                .contains("mask/ratio", "target/std", "prediction/std", "health/std_block_02");
        assertThat(observed.diagnostics()).allMatch(monitor -> Double.isFinite(monitor.value()));
        assertThat(method.forward(batch, 5, false).diagnostics()).isEmpty();
        assertThat(method.forward(batch, 6, false).loss().item()).isNotEqualTo(loss);
    }

    @ParameterizedTest
    @EnumSource(Data.class)
    void everyParameterGetsAFiniteGradient(Data data) {
        Data2Vec1 method = data.method();
        method.train(true);
        assertThat(method.encoder().training()).isTrue();
        method.forward(data.batch(), 0, false).loss().backward();
        Map<String, Tensor> gradients = method.weights().views(method.weights().gradients());
        gradients.forEach((name, gradient) -> {
            assertThat(F.allFinite(gradient)).as(name).isTrue();
            assertThat(gradient.norm().item()).as(name).isPositive();
        });
        assertThat(gradients.containsKey("mask.embedding")).isEqualTo(data != Data.TEXTS);
        assertThat(gradients).containsKeys("head.layers.0.weight", "head.layers.1.bias");
    }

    @ParameterizedTest
    @EnumSource(Data.class)
    void bfloat16ProductsGiveNearlyTheSameLossAndFloat32Gradients(Data data) {
        Data2Vec1 method = data.method();
        double exact = method.forward(data.batch(), 0, false).loss().item();
        double rounded = Autocast.with(DType.BF16, () -> {
            Tensor loss = method.forward(data.batch(), 0, true).loss();
            loss.backward();
            assertThat(loss.type()).isEqualTo(DType.F32);
            return loss.item();
        });
        assertThat(rounded).isCloseTo(exact, withinPercentage(5));
        assertThat(F.allFinite(method.weights().gradients())).isTrue();
        assertThat(method.weights().gradients().norm().item()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "ENCODER,true,true",
        "BEHIND_FEATURE_ENCODER,false,true",
        "BEHIND_POSITIONS,false,false",
        "BLOCKS,false,false",
    })
    void theTeacherAveragesItsPartAndTakesTheRestFromTheStudent(TeacherPart part, boolean local, boolean positions) {
        Data2Vec1 method = Data.SPEECH.method(RegressionHeadConfig.defaults(), Data2Vec1LossConfig.defaults(), part);
        List<String> own = List.copyOf(method.teacher().weights().parameters().keySet());
        assertThat(own).anyMatch(name -> name.startsWith("encoder.main.blocks.2."));
        assertThat(own.stream().anyMatch(name -> name.startsWith("encoder.local.")))
                .isEqualTo(local);
        assertThat(own.stream().anyMatch(name -> name.startsWith("encoder.positions.")))
                .isEqualTo(positions);
        assertThat(method.teacher().sharesTokens()).isEqualTo(!local);

        // The same targets, whether the tokens come from the student or from a pass of the teacher's own.
        Input recordings = Data.SPEECH.batch();
        double loss = method.forward(recordings, 0, false).loss().item();
        float[] before = method.targets(recordings).toFloats();
        Tiny.scramble(method.weights(), 9);
        assertThat(method.targets(recordings).toFloats()).satisfies(after -> {
            if (part == TeacherPart.ENCODER) {
                assertThat(after).containsExactly(before);
            } else {
                assertThat(after).isNotEqualTo(before);
            }
        });
        assertThat(method.forward(recordings, 0, false).loss().item()).isNotEqualTo(loss);
        assertThat(method.afterUpdate(0)).hasValue(0.9);
        assertThat(method.frozenWeights()).containsOnlyKeys("teacher");
        assertThat(method.encoders()).containsOnlyKeys("student", "teacher");
    }

    @ParameterizedTest
    @EnumSource(Data.class)
    void theLossFallsOnOneBatch(Data data) {
        Data2Vec1 method = data.method(
                RegressionHeadConfig.defaults(), Data2Vec1LossConfig.defaults(), TeacherPart.BEHIND_FEATURE_ENCODER);
        Tiny.scramble(method.weights(), 4); // masked places differ from the first step on
        Input batch = data.batch();
        method.train(true);
        double before = method.forward(batch, 0, false).loss().item();
        for (int step = 0; step < 100; step++) {
            try (Scope scope = Scope.open()) {
                method.weights().gradients().zero_();
                method.forward(batch, 0, false).loss().backward();
                method.weights().values().detach().add_(method.weights().gradients(), -0.03);
            }
        }
        assertThat(method.forward(batch, 0, false).loss().item()).isLessThan(0.5 * before);
    }

    @Test
    void aStepFreesWhatItMakes() {
        Data2Vec1 method = Data.IMAGES.method();
        Input images = Data.IMAGES.batch();
        long pointers = 0;
        for (int step = 0; step < 6; step++) {
            try (Scope scope = Scope.open()) {
                method.weights().gradients().zero_();
                method.forward(images, step, true).loss().backward();
                method.afterUpdate(step);
            }
            pointers = step == 1 ? Native.livePointers() : pointers;
        }
        assertThat(Native.livePointers()).isLessThanOrEqualTo(pointers);
    }

    @Test
    void whatCannotBeLearnedFromIsRefused() {
        Data2Vec1 speech = Data.SPEECH.method();
        Input brief = new Input(Tiny.normal(1, 1, 9), new long[] {1});
        assertThatThrownBy(() -> speech.forward(brief, 0, false))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("nothing is masked: inputs of one position leave nothing to predict");
        assertThatThrownBy(() ->
                        Data2Vec1Config.images().checkFits(new EncoderConfig(0, 6, 0, Tiny.block(NormPlacement.PRE))))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("corruption is embedding but model.positions and model.bias are none")
                .hasMessageEndingWith("model.bias.kind=relative for images");
        assertThatThrownBy(() -> Data2Vec1Config.speech().checkFits(conv()))
                .hasMessage(
                        "targets.layers is 8 but model.depth is 3; only the shared blocks can be targets; allowed: 1 to 3");
        Data2Vec1Config texts = Data2Vec1Config.texts();
        EncoderConfig deep = new EncoderConfig(0, 10, 0, Tiny.block(NormPlacement.POST));
        assertThatThrownBy(
                        () -> texts.build(deep, () -> new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH), 3, Device.CPU))
                .hasMessage("data2vec1.corruption is tokens, which only texts have; for other data use embedding");
        assertThatThrownBy(() -> texts.build(
                        deep, () -> new TextFeatureEncoder(TinySequences.text(Compat.NONE), Tiny.WIDTH), 3, Device.CPU))
                .hasMessageContaining("data2vec1.corruption.replacement.token is 50264 but text.vocabulary is 30");
    }

    @Test
    void illegalSettingsNameTheField() {
        assertThatThrownBy(() -> new RegressionHeadConfig(-1, 2)).hasMessageStartingWith("layers is -1");
        assertThatThrownBy(() -> new RegressionHeadConfig(2, 0)).hasMessageStartingWith("ratio is 0");
        assertThatThrownBy(() -> new Data2Vec1LossConfig(new RegressionLoss.L2(), 0.0))
                .hasMessageStartingWith("scale is 0");
    }

    @Test
    void thePublishedSettings() {
        assertThat(Data2Vec1Config.images().mask()).isEqualTo(new RectangleMask(0.6, 16, 0.3));
        assertThat(Data2Vec1Config.images().mask().masked(new Grid(14, 14))).isEqualTo(117);
        assertThat(Data2Vec1Config.images().loss().regression()).isEqualTo(new RegressionLoss.SmoothL1(2));
        assertThat(Data2Vec1Config.images().loss().scale()).isEqualTo(1.0 / 768);
        assertThat(Data2Vec1Config.speech().teacher().decay(15_000)).isEqualTo(0.99945);
        assertThat(Data2Vec1Config.texts().head()).isEqualTo(new RegressionHeadConfig(2, 2));
        assertThat(Data2Vec1Config.texts().clones()).isEqualTo(1);
        assertThat(Data2Vec1Config.texts().title()).isEqualTo("data2vec");
    }

    private static double monitor(StepResult result, String name) {
        return result.diagnostics().stream()
                .filter(monitor -> monitor.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
