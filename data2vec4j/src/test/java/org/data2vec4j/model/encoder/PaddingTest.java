package org.data2vec4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.data2vec4j.audio.model.AudioConfig.ExtractorNorm;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.TinySequences;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.decoder.DecoderConfig;
import org.data2vec4j.model.decoder.TransformerDecoderConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig.Alibi;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.BlockMask;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.method.data2vec2.Data2Vec2;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2LossConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetNormalization;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.model.teacher.TeacherPart;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a padded batch gives each sample is what the sample gets alone. */
class PaddingTest {
    private static final Offset<Float> CLOSE = offset(5e-5f);

    static Stream<Encoder> encoders() {
        return Stream.of(
                TinySequences.audioEncoder(TinySequences.audio(ExtractorNorm.LAYER, Compat.NONE), Alibi.defaults(), 0),
                TinySequences.audioEncoder(
                        TinySequences.audio(ExtractorNorm.GROUP, Compat.NONE),
                        new Alibi(Alibi.Scale.PER_LAYER_AND_HEAD, 1.5),
                        2),
                TinySequences.audioEncoder(
                        TinySequences.audio(ExtractorNorm.LAYER, Compat.NONE), new AttentionBiasConfig.None(), 1));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void featuresOfRecordingsDoNotDependOnTheirPadding(Encoder encoder) {
        assertSameAlone(encoder, TinySequences.recordings(), TinySequences::recording);
    }

    @ParameterizedTest
    @EnumSource(Compat.class)
    void featuresOfTextsDoNotDependOnTheirPadding(Compat compat) {
        // Without convolutions and statistics over positions, the reference's texts do not depend on padding either.
        assertSameAlone(
                TinySequences.textEncoder(TinySequences.text(compat)), TinySequences.texts(), TinySequences::text);
    }

    private static void assertSameAlone(Encoder encoder, Input padded, IntFunction<Input> alone) {
        try (Scope scope = Scope.open()) {
            Tiny.placed(encoder);
            Tensor together = encoder.forward(padded).positions();
            for (int i = 0; i < 3; i++) {
                Tensor single = encoder.forward(alone.apply(i)).positions();
                assertThat(together.select(0, i).narrow(0, 0, single.size(1)).toFloats())
                        .containsExactly(single.toFloats(), CLOSE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void visibleFeaturesOfClonesDoNotDependOnPaddingOrOnLongerNeighbours(Encoder encoder) {
        try (Scope scope = Scope.open()) {
            Tiny.placed(encoder);
            Input padded = TinySequences.recordings();
            Tensor together = visible(encoder, padded);
            for (int i = 0; i < 3; i++) {
                Tensor single = visible(encoder, TinySequences.recording(i));
                for (int clone = 0; clone < 2; clone++) {
                    assertThat(together.select(0, i * 2L + clone)
                                    .narrow(0, 0, single.size(1))
                                    .toFloats())
                            .containsExactly(Tiny.row(single, clone), CLOSE);
                }
            }
        }
    }

    private static Tensor visible(Encoder encoder, Input input) {
        MaskBatch masks = MaskBatch.draw(
                new BlockMask(0.5, 3, 0.05), encoder.featureEncoder().layout(input), 1, 2, input.ids(), 2);
        MaskIndices view = MaskIndices.of(masks, Device.CPU);
        Tensor tokens = encoder.featureEncoder().tokens(input, view.layout());
        return encoder.encodeVisible(tokens, view).positions();
    }

    static Stream<DecoderConfig> decoders() {
        return Stream.of(
                new ConvDecoderConfig(Tiny.WIDTH, 2, 5, 4, true, 1, 2, 0, 0),
                new TransformerDecoderConfig(16, 1, 2, 0));
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void theLossOfAPaddedBatchIsTheSumOverItsSamples(DecoderConfig decoder) {
        for (TeacherPart part : TeacherPart.values()) {
            try (Scope scope = Scope.open()) {
                Data2Vec2 method = method(decoder, part);
                StepResult together = method.forward(TinySequences.recordings(), 3, true);
                double sum = 0;
                long count = 0;
                for (int i = 0; i < 3; i++) {
                    StepResult alone = method.forward(TinySequences.recording(i), 3, false);
                    sum += alone.losses().get(0).sum().item();
                    count += alone.count();
                }
                assertThat(together.count()).isEqualTo(count);
                assertThat(together.losses().get(0).sum().item()).as("%s", part).isCloseTo(sum, offset(1e-4 * sum));
                assertThat(together.diagnostics())
                        .allSatisfy(monitor ->
                                assertThat(monitor.value()).as(monitor.name()).isFinite());
            }
        }
    }

    private static Data2Vec2 method(DecoderConfig decoder, TeacherPart part) {
        Data2Vec2 method = new Data2Vec2(
                new Data2Vec2Config(
                        2,
                        new BlockMask(0.5, 3, 0.05),
                        decoder,
                        new TargetsConfig(
                                2,
                                TargetsConfig.Feature.FEED_FORWARD,
                                List.of(TargetNormalization.INSTANCE_NORM),
                                List.of(TargetNormalization.LAYER_NORM)),
                        new TeacherConfig(0.9, 0.99, 10, part),
                        new Data2Vec2LossConfig(new RegressionLoss.L2(), null, 0, 0)),
                TinySequences.encoder(Alibi.defaults(), 0),
                () -> new AudioFeatureEncoder(TinySequences.audio(ExtractorNorm.LAYER, Compat.NONE), Tiny.WIDTH),
                1,
                Device.CPU);
        Tiny.scramble(method.weights(), 4);
        method.teacher().copyStudent();
        assertThat(method.encoder().config().block().norm()).isEqualTo(NormPlacement.POST);
        return method;
    }
}
