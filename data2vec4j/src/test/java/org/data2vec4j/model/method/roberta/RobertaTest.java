package org.data2vec4j.model.method.roberta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.data2vec4j.core.UserException;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.TinySequences;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.mask.TokenReplacement;
import org.data2vec4j.model.mask.TokenReplacementConfig;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.text.model.TextConfig;
import org.data2vec4j.text.model.TextFeatureEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class RobertaTest {
    private static final int TOKEN = 29;
    private static final RobertaConfig CONFIG =
            new RobertaConfig(new RandomMask(0.3), new TokenReplacementConfig(TOKEN, 0.8, 0.1));

    private static EncoderConfig encoder(int extra) {
        return new EncoderConfig(0, 2, extra, Tiny.block(NormPlacement.POST));
    }

    private static Roberta fresh(TextConfig text, int extra) {
        return CONFIG.build(encoder(extra), () -> new TextFeatureEncoder(text, Tiny.WIDTH), 3, Device.CPU);
    }

    private static Roberta method(int extra) {
        Roberta method = fresh(TinySequences.text(Compat.NONE), extra);
        Tiny.scramble(method.weights(), 4);
        return method;
    }

    @Test
    void theLossIsTheCrossEntropyOfTheOriginalTokensAtMaskedPlaces() {
        Roberta method = method(0);
        method.weights().parameter("head.norm.weight").value().detach().zero_();
        method.weights().parameter("head.norm.bias").value().detach().zero_();
        float[] scores = method.weights().parameter("head.bias").value().toFloats(); // whatever the text
        double total = 0;
        for (float score : scores) {
            total += Math.exp(score);
        }
        Input texts = TinySequences.texts();
        long[] tokens = texts.source().toLongs();
        TokenReplacement masked = method.mask(texts, 5);
        double expected = 0;
        int count = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (masked.masks().masked(i / 12, i % 12)) {
                assertThat(tokens[i]).as("never a special token").isGreaterThan(2);
                expected += Math.log(total) - scores[(int) tokens[i]];
                count++;
            }
        }
        StepResult result = method.forward(texts, 5, true);
        assertThat(result.count()).isEqualTo(count).isEqualTo(3 + 1 + 3);
        assertThat(result.total().item()).isCloseTo(expected, withinPercentage(0.01));
        assertThat(monitor(result, "prediction/perplexity"))
                .isCloseTo(Math.exp(expected / count), withinPercentage(0.01));
        assertThat(result.losses()).extracting("name").containsExactly("cross_entropy");
    }

    @Test
    void aTextsMasksAndLossDoNotDependOnPaddingAndNeighbours() {
        Roberta method = method(0);
        double apart = 0;
        TokenReplacement together = method.mask(TinySequences.texts(), 5);
        for (int i = 0; i < 3; i++) {
            Input one = TinySequences.text(i);
            TokenReplacement alone = method.mask(one, 5);
            int length = (int) one.source().size(1);
            for (int t = 0; t < 12; t++) {
                assertThat(together.masks().masked(i, t))
                        .isEqualTo(t < length && alone.masks().masked(0, t));
                assertThat(together.tokens()[i * 12 + t]).isEqualTo(t < length ? alone.tokens()[t] : 1);
            }
            apart += method.forward(one, 5, false).total().item();
        }
        assertThat(method.forward(TinySequences.texts(), 5, false).total().item())
                .isCloseTo(apart, withinPercentage(1e-3));
        Input unsaid = new Input(
                TinySequences.texts().source(), TinySequences.texts().ids()); // lengths are told by the padding
        assertThat(method.forward(unsaid, 5, false).total().item()).isCloseTo(apart, withinPercentage(1e-3));
    }

    @Test
    void masksChangeWithTheUpdateAndNothingElseDoes() {
        Roberta method = method(0);
        Input texts = TinySequences.texts();
        double loss = method.forward(texts, 5, false).loss().item();
        StepResult observed = method.forward(texts, 5, true);
        assertThat(observed.loss().item()).isEqualTo(loss);
        assertThat(observed.diagnostics())
                .extracting(Diagnostic::name)
                .containsExactly("mask/ratio", "prediction/accuracy", "prediction/perplexity");
        assertThat(method.forward(texts, 5, false).diagnostics()).isEmpty();
        assertThat(method.forward(texts, 6, false).loss().item()).isNotEqualTo(loss);
        assertThat(method.afterUpdate(0)).isEmpty();
        assertThat(method.frozenWeights()).isEmpty();
        assertThat(method.encoders()).containsOnlyKeys("encoder");
    }

    @Test
    void theOutputIsTiedToTheEmbeddings() {
        Roberta method = method(0);
        assertThat(method.weights().parameters().keySet().stream().filter(name -> name.startsWith("head.")))
                .containsExactlyInAnyOrder(
                        "head.dense.weight", "head.dense.bias", "head.norm.weight", "head.norm.bias", "head.bias");
        Input short1 = new Input(Tensors.of(new long[] {0, 5, 6, 7, 2}, 1, 5), new long[] {1});
        method.forward(short1, 0, false).loss().backward();
        Tensor gradient = method.weights()
                .parameter("encoder.local.tokens.weight")
                .value()
                .grad();
        assertThat(gradient.select(0, 20).norm().item())
                .as("of a token that is not in the text, by the output")
                .isPositive();
    }

    @Test
    void everyParameterGetsAFiniteGradient() {
        Roberta method = method(1);
        method.train(true);
        assertThat(method.encoder().training()).isTrue();
        method.forward(TinySequences.texts(), 0, false).loss().backward();
        method.weights().views(method.weights().gradients()).forEach((name, gradient) -> {
            assertThat(F.allFinite(gradient)).as(name).isTrue();
            assertThat(gradient.norm().item()).as(name).isPositive();
        });
    }

    @Test
    void aBatchIsLearnedByHeart() {
        Roberta method = fresh(TinySequences.text(Compat.NONE), 0);
        method.train(true);
        Input texts = TinySequences.texts();
        StepResult before = method.forward(texts, 0, true);
        // Small first weights say almost nothing: the perplexity is the vocabulary's size.
        assertThat(monitor(before, "prediction/perplexity")).isCloseTo(30, within(1.0));
        for (int step = 0; step < 300; step++) {
            try (Scope scope = Scope.open()) {
                method.weights().gradients().zero_();
                method.forward(texts, 0, false).loss().backward();
                method.weights().values().detach().add_(method.weights().gradients(), -0.5);
            }
        }
        StepResult after = method.forward(texts, 0, true);
        assertThat(monitor(after, "prediction/accuracy")).isEqualTo(1);
        assertThat(monitor(after, "prediction/perplexity")).isLessThan(1.5);
    }

    @Test
    void droppedTokensAreDrawnInTrainingOnly() {
        TextConfig dropping = new TextConfig(30, 24, 0, 1, 2, 1e-5, 0.5, false, Compat.NONE);
        Roberta method = fresh(dropping, 0);
        Tiny.scramble(method.weights(), 4);
        Input texts = TinySequences.texts();
        Tensors.seed(1);
        double still = method.forward(texts, 0, false).loss().item();
        assertThat(method.forward(texts, 0, false).loss().item()).isEqualTo(still);
        method.train(true);
        assertThat(method.forward(texts, 0, false).loss().item()).isNotEqualTo(still);
    }

    @Test
    void bfloat16ProductsGiveNearlyTheSameLossAndFloat32Gradients() {
        Roberta method = method(0);
        Input texts = TinySequences.texts();
        double exact = method.forward(texts, 0, false).loss().item();
        double rounded = Autocast.with(DType.BF16, () -> {
            Tensor loss = method.forward(texts, 0, true).loss();
            loss.backward();
            assertThat(loss.type()).isEqualTo(DType.F32);
            return loss.item();
        });
        assertThat(rounded).isCloseTo(exact, withinPercentage(3));
        assertThat(F.allFinite(method.weights().gradients())).isTrue();
        assertThat(method.weights().gradients().norm().item()).isPositive();
    }

    @Test
    void aStepFreesWhatItMakes() {
        Roberta method = method(0);
        Input texts = TinySequences.texts();
        long pointers = 0;
        for (int step = 0; step < 6; step++) {
            try (Scope scope = Scope.open()) {
                method.weights().gradients().zero_();
                method.forward(texts, step, true).loss().backward();
            }
            pointers = step == 1 ? Native.livePointers() : pointers;
        }
        assertThat(Native.livePointers()).isLessThanOrEqualTo(pointers);
    }

    @Test
    void whatCannotBeLearnedFromIsRefused() {
        Roberta method = method(0);
        Input one = new Input(Tensors.of(new long[] {0, 5, 2, 0, 2, 1}, 2, 3), new long[] {1, 2});
        assertThatThrownBy(() -> method.forward(one, 0, false))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("nothing is masked: no text of a batch has two tokens");
        assertThatThrownBy(() ->
                        CONFIG.build(encoder(0), () -> new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH), 3, Device.CPU))
                .isInstanceOf(UserException.class)
                .hasMessage("roberta predicts the tokens of texts; for other data choose another method");
        assertThatThrownBy(() -> RobertaConfig.defaults()
                        .build(
                                encoder(0),
                                () -> new TextFeatureEncoder(TinySequences.text(Compat.NONE), Tiny.WIDTH),
                                3,
                                Device.CPU))
                .hasMessageContaining("roberta.replacement.token is 50264 but text.vocabulary is 30");
    }

    @Test
    void theDefaultsAreThePublishedOnes() {
        RobertaConfig published = RobertaConfig.defaults();
        assertThat(published)
                .isEqualTo(new RobertaConfig(new RandomMask(0.15), new TokenReplacementConfig(50_264, 0.8, 0.1)));
        assertThat(published.title()).isEqualTo("RoBERTa");
        published.checkFits(RobertaConfig.base());
        published.replacement().checkFits(TextConfig.defaults().vocabulary(), new int[] {0, 1, 2});
        assertThat(RobertaConfig.base().block().norm()).isEqualTo(NormPlacement.POST);
        assertThat(RobertaConfig.base().block().dropout()).isEqualTo(0.1);
    }

    private static double monitor(StepResult result, String name) {
        return result.diagnostics().stream()
                .filter(monitor -> monitor.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
