package org.data2vec4j.model.method.wav2vec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.data2vec4j.audio.model.AudioConfig.ExtractorNorm;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.TinySequences;
import org.data2vec4j.model.contrast.ContrastConfig;
import org.data2vec4j.model.contrast.Negatives;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.quantizer.QuantizerConfig;
import org.data2vec4j.model.quantizer.TemperatureConfig;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(InScope.class)
class Wav2Vec2Test {
    private static final PenaltyConfig NONE = new PenaltyConfig(0, 0);

    private static Wav2Vec2Config config(PenaltyConfig penalty, double dropout) {
        return new Wav2Vec2Config(
                new RandomMask(0.5),
                new QuantizerConfig(2, 4, 8, new TemperatureConfig(2, 0.5, 0.9)),
                new ContrastConfig(6, 0.1, 8),
                penalty,
                dropout);
    }

    private static Wav2Vec2 method(Wav2Vec2Config config, ExtractorNorm norm, NormPlacement placement) {
        EncoderConfig encoder = new EncoderConfig(
                0,
                2,
                0,
                Tiny.block(placement),
                new PositionsConfig.WeightNormConv(4, 4),
                new AttentionBiasConfig.None(),
                0,
                0);
        return config.build(
                encoder,
                () -> new AudioFeatureEncoder(TinySequences.audio(norm, Compat.NONE), Tiny.WIDTH),
                3,
                Device.CPU);
    }

    private static Wav2Vec2 method(PenaltyConfig penalty) {
        return method(config(penalty, 0), ExtractorNorm.LAYER, NormPlacement.POST);
    }

    private static double sum(StepResult result, String term) {
        return result.losses().stream()
                .filter(loss -> loss.name().equals(term))
                .mapToDouble(loss -> loss.sum().item())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(ExtractorNorm.class)
    void aRecordingsLossDependsNeitherOnPaddingNorOnNeighbours(ExtractorNorm norm) {
        Wav2Vec2 method = method(config(NONE, 0), norm, NormPlacement.POST);
        Tiny.scramble(method.weights(), 4);
        method.train(true);
        StepResult together = method.forward(TinySequences.recordings(), 5, false);
        double apart = 0;
        long count = 0;
        for (int i = 0; i < 3; i++) {
            StepResult alone = method.forward(TinySequences.recording(i), 5, false);
            apart += sum(alone, "contrastive");
            count += alone.count();
        }
        assertThat(together.count()).isEqualTo(count);
        assertThat(sum(together, "contrastive")).isCloseTo(apart, withinPercentage(0.01));
    }

    @Test
    void thePenaltiesAreWhatTheySay() {
        Wav2Vec2 method = method(new PenaltyConfig(0.25, 3));
        Tiny.scramble(method.weights(), 4);
        Input input = TinySequences.recordings();
        StepResult result = method.forward(input, 5, true);
        double perplexity = monitor(result, "codes/probability_perplexity");
        assertThat(sum(result, "diversity")).isCloseTo(0.25 * (8 - perplexity) / 8 * result.count(), within(1e-3));

        double squares = 0;
        int values = 0;
        for (int i = 0; i < 3; i++) {
            Input alone = TinySequences.recording(i);
            for (float x : ((AudioFeatureEncoder) method.encoder().featureEncoder())
                    .extract(alone)
                    .toFloats()) {
                squares += x * x;
                values++;
            }
        }
        assertThat(sum(result, "features")).isCloseTo(3 * squares / values * result.count(), withinPercentage(0.01));
        assertThat(method(NONE).forward(input, 5, false).losses())
                .extracting(LossTerm::name)
                .containsExactly("contrastive");
    }

    private static double monitor(StepResult result, String name) {
        return result.diagnostics().stream()
                .filter(monitor -> monitor.name().equals(name))
                .mapToDouble(Diagnostic::value)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void monitorsSayHowItGoes() {
        Wav2Vec2 method = method(PenaltyConfig.defaults());
        method.train(true);
        StepResult result = method.forward(TinySequences.recordings(), 1, true);
        assertThat(result.diagnostics())
                .extracting(Diagnostic::name)
                .contains("mask/ratio", "prediction/std", "target/std", "health/student_rank");
        assertThat(monitor(result, "prediction/accuracy")).isBetween(0.0, 1.0);
        assertThat(monitor(result, "codes/perplexity")).isBetween(2.0, 8.0);
        assertThat(monitor(result, "codes/temperature")).isEqualTo(1.8);
        assertThat(method.forward(TinySequences.recordings(), 1, false).diagnostics())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = NormPlacement.class,
            names = {"PRE", "POST"})
    void everyParameterGetsAFiniteGradient(NormPlacement norm) {
        Wav2Vec2 method = method(config(PenaltyConfig.defaults(), 0.1), ExtractorNorm.GROUP, norm);
        method.train(true);
        Tiny.scramble(method.weights(), 4);
        method.forward(TinySequences.recordings(), 0, false).loss().backward();
        method.weights().views(method.weights().gradients()).forEach((name, gradient) -> {
            assertThat(F.allFinite(gradient)).as(name).isTrue();
            assertThat(gradient.norm().item()).as(name).isPositive();
        });
    }

    @Test
    void whatIsMaskedIsNotSeen() {
        Wav2Vec2 method = method(NONE);
        Tiny.scramble(method.weights(), 4);
        Input input = TinySequences.recording(0);
        MaskBatch masks = MaskBatch.draw(
                new RandomMask(0.5), method.encoder().featureEncoder().layout(input), 1, 0, input.ids(), 1);
        Negatives negatives = Negatives.draw(masks, 6, 1, 0, input.ids(), 0);
        // With every target alike, scores depend on the context alone: another sound in a masked place must not change
        // them.
        method.weights().parameter("quantiser.codes").value().detach().zero_().add_(1);
        double before = method.forward(input, new Wav2Vec2Draws(masks, negatives, null), Tiny.context(masks, false))
                .loss()
                .item();
        Tensor other = input.source().copy();
        int place = 0;
        while (!(masks.masked(0, place) && masks.masked(0, place + 1))) {
            place++;
        }
        other.narrow(1, place * 4L + 5, 3).zero_(); // samples that only masked positions see
        Input changed = new Input(other, input.ids());
        Tensor was = method.scores(input, new Wav2Vec2Draws(masks, negatives, null));
        assertThat(method.scores(changed, new Wav2Vec2Draws(masks, negatives, null))
                        .narrow(1, 0, 1)
                        .contiguous()
                        .toFloats())
                .containsExactly(was.narrow(1, 0, 1).contiguous().toFloats(), within(1e-5f));
        assertThat(before).isFinite();
    }

    @Test
    void drawsChangeWithTheUpdateAndNothingElseDoes() {
        Wav2Vec2 method = method(NONE);
        method.train(true);
        Input batch = TinySequences.recordings();
        double loss = method.forward(batch, 5, false).loss().item();
        assertThat(method.forward(batch, 5, true).loss().item()).isEqualTo(loss);
        assertThat(method.forward(batch, 6, false).loss().item()).isNotEqualTo(loss);
        assertThat(method.choose(batch, 5).noise()).isNotNull();
        method.train(false);
        assertThat(method.choose(batch, 5).noise()).as("the best entries").isNull();
    }

    @Test
    void theLossFallsOnOneBatch() {
        Wav2Vec2 method = method(PenaltyConfig.defaults());
        method.train(true);
        Input batch = TinySequences.recordings();
        double first = 0;
        double last = 0;
        for (int step = 0; step < 60; step++) {
            method.weights().gradients().zero_();
            StepResult result = method.forward(batch, 0, false);
            result.loss().backward();
            method.weights().values().detach().add_(method.weights().gradients(), -0.05);
            last = sum(result, "contrastive");
            first = step == 0 ? last : first;
        }
        assertThat(last).isLessThan(0.9 * first);
    }

    @Test
    void aStepFreesAllThatItMakes() {
        Wav2Vec2 method = method(PenaltyConfig.defaults());
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
        Wav2Vec2 method = method(PenaltyConfig.defaults());
        Input batch = TinySequences.recordings();
        double full = method.forward(batch, 0, false).loss().item();
        StepResult half = Autocast.with(DType.BF16, () -> method.forward(batch, 0, false));
        half.loss().backward();
        assertThat(half.loss().item()).isCloseTo(full, withinPercentage(10));
        assertThat(F.allFinite(method.weights().gradients())).isTrue();
    }

    @Test
    void nothingMovesAfterAnUpdate() {
        Wav2Vec2 method = method(NONE);
        assertThat(method.afterUpdate(3)).isEmpty();
        assertThat(method.frozenWeights()).isEmpty();
        assertThat(method.encoders()).containsOnlyKeys("encoder");
        assertThat(config(NONE, 0).title()).isEqualTo("wav2vec 2.0");
    }

    @Test
    void wrongUseIsRefused() {
        Wav2Vec2Config config = config(NONE, 0);
        assertThatThrownBy(() -> config.build(
                        new EncoderConfig(0, 1, 0, Tiny.block(NormPlacement.POST)),
                        () -> new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH),
                        1,
                        Device.CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("wav2vec2 quantises the features of recordings");
        assertThatThrownBy(() -> config(NONE, 1)).hasMessageContaining("feature_dropout is 1");
        assertThatThrownBy(() -> new PenaltyConfig(-1, 0)).hasMessageContaining("diversity is -1");
        assertThatThrownBy(() -> new PenaltyConfig(0, Double.NaN)).hasMessageContaining("features is NaN");
        Input one = new Input(Tiny.normal(1, 1, 9), new long[] {1}); // a single position
        assertThatThrownBy(() -> method(NONE).forward(one, 0, false))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("nothing is masked");
        MaskBatch masks = method(NONE).choose(TinySequences.recordings(), 0).masks();
        assertThatThrownBy(() -> new Wav2Vec2Draws(masks, new Negatives(1, new long[1]), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSameSeedGivesTheSameMethod() {
        assertThat(method(NONE).weights().values().toFloats())
                .containsExactly(method(NONE).weights().values().toFloats());
        assertThat(List.copyOf(method(NONE).weights().parameters().keySet()))
                .contains("mask.embedding", "quantiser.codes", "contrast.context.weight", "encoder.positions.gain");
    }
}
