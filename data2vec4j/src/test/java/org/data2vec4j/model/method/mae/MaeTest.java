package org.data2vec4j.model.method.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.stream.IntStream;
import org.data2vec4j.audio.model.AudioConfig.ExtractorNorm;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.model.ImageConfig;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.TinySequences;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.GridPositions;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.RandomMask;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InScope.class)
class MaeTest {
    private static final int MASKED = 4; // of the 2×3 positions
    private static final int PIECE = 3 * 4 * 4;

    private static MaeConfig config(int clones, boolean normalise) {
        return new MaeConfig(clones, new RandomMask(0.6), new MaeDecoderConfig(12, 2, 3), normalise);
    }

    private static EncoderConfig encoder(int extra) {
        return new EncoderConfig(0, 2, extra, Tiny.block(NormPlacement.PRE));
    }

    private static Mae method(MaeConfig config, int extra) {
        Mae method = config.build(encoder(extra), () -> new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH), 3, Device.CPU);
        Tiny.scramble(method.weights(), 4);
        return method;
    }

    @ParameterizedTest
    @CsvSource({"1,true", "1,false", "3,true", "2,false"})
    void theLossIsTheMeanSquareOverPixelsOfMaskedPatches(int clones, boolean normalise) {
        Mae method = method(config(clones, normalise), 1);
        method.weights().parameter("decoder.pixels.weight").value().detach().zero_();
        float[] predicted =
                method.weights().parameter("decoder.pixels.bias").value().toFloats();
        Input batch = Tiny.images(2, 1);
        MaskBatch masks = MaskBatch.draw(new RandomMask(0.6), new Grid(2, 3), 9, 0, batch.ids(), clones);
        double expected = 0;
        float[] pixels = batch.source().toFloats();
        for (int row = 0; row < masks.rows(); row++) {
            for (int t = 0; t < 6; t++) {
                if (masks.masked(row, t)) {
                    expected += meanSquare(predicted, patch(pixels, row / clones, t, normalise));
                }
            }
        }
        StepResult result = method.forward(batch, masks, Tiny.context(masks, false));
        assertThat(result.count()).isEqualTo(2L * clones * MASKED);
        assertThat(result.total().item()).isCloseTo(expected, withinPercentage(0.01));
        assertThat(result.loss().item()).isCloseTo(expected / (2 * clones * MASKED), withinPercentage(0.01));
    }

    /** The values of a patch, colour by colour and row by row, from an image of 3×8×12. */
    private static float[] patch(float[] pixels, int sample, int t, boolean normalise) {
        float[] values = new float[PIECE];
        double mean = 0;
        for (int i = 0; i < PIECE; i++) {
            int y = t / 3 * 4 + i / 4 % 4;
            int x = t % 3 * 4 + i % 4;
            values[i] = pixels[((sample * 3 + i / 16) * 8 + y) * 12 + x];
            mean += values[i] / (double) PIECE;
        }
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / (PIECE - 1) + 1e-6);
        for (int i = 0; i < PIECE && normalise; i++) {
            values[i] = (float) ((values[i] - mean) / deviation);
        }
        return values;
    }

    private static double meanSquare(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (double) (a[i] - b[i]) / a.length;
        }
        return sum;
    }

    @Test
    void theEncoderNeverSeesMaskedPatches() {
        Mae method = method(config(1, true), 1);
        Input batch = Tiny.images(1, 1);
        MaskBatch masks = MaskBatch.draw(new RandomMask(0.6), new Grid(2, 3), 9, 0, batch.ids(), 1);
        assertThat(features(method, batch, masks)).hasSize((1 + 2) * Tiny.WIDTH);
        for (boolean masked : new boolean[] {true, false}) {
            int place = IntStream.range(0, 6)
                    .filter(t -> masks.masked(0, t) == masked)
                    .findFirst()
                    .orElseThrow();
            float[] pixels = batch.source().toFloats();
            pixels[place / 3 * 4 * 12 + place % 3 * 4] += 5;
            Input changed = new Input(Tensors.of(pixels, 1, 3, 8, 12), batch.ids());
            if (masked) {
                assertThat(features(method, changed, masks)).containsExactly(features(method, batch, masks));
                assertThat(method.forward(changed, masks, Tiny.context(masks, false))
                                .loss()
                                .item())
                        .isNotEqualTo(method.forward(batch, masks, Tiny.context(masks, false))
                                .loss()
                                .item());
            } else {
                assertThat(features(method, changed, masks)).isNotEqualTo(features(method, batch, masks));
            }
        }
    }

    private static float[] features(Mae method, Input batch, MaskBatch masks) {
        Tensor tokens = method.encoder().featureEncoder().tokens(batch, masks.layout());
        return method.encoder()
                .encodeVisible(tokens, MaskIndices.of(masks, Device.CPU))
                .features_BTD()
                .toFloats();
    }

    @Test
    void maskedPlacesAreToldApartByTheDecodersPositionsAlone() {
        GridPositions none = (grid, device) -> Tensors.zeros(DType.F32, device, grid.size(), 12);
        Mae blind = new Mae(
                config(1, true), encoder(1), new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH), none, 3, Device.CPU);
        Tiny.scramble(blind.weights(), 4);
        Input one = Tiny.images(1, 1);
        // The monitor adds 1e-6 to the variance before its root.
        assertThat(monitor(blind.forward(one, 0, true), "prediction/std")).isLessThan(1.1e-3);
        assertThat(monitor(method(config(1, true), 1).forward(one, 0, true), "prediction/std"))
                .isGreaterThan(0.01);
    }

    @Test
    void positionsOfAnImageCanBeGiven() {
        GridPositions fives = (grid, device) ->
                Tensors.zeros(DType.F32, device, grid.size(), Tiny.WIDTH).add(5);
        ImageFeatureEncoder given = new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH, fives);
        Tiny.placed(given)
                .parameters()
                .values()
                .forEach(parameter -> parameter.value().detach().zero_());
        Input one = Tiny.images(1, 1);
        assertThat(given.tokens(one, given.layout(one)).toFloats()).containsOnly(5f);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void everyParameterGetsAFiniteGradient(int extra) {
        Mae method = method(config(2, true), extra);
        method.train(true);
        assertThat(method.encoder().training()).isTrue();
        method.forward(Tiny.images(2, 1), 0, false).loss().backward();
        assertThat(method.weights().parameters()).containsKeys("decoder.mask_token", "encoder.norm.weight");
        method.weights().views(method.weights().gradients()).forEach((name, gradient) -> {
            assertThat(F.allFinite(gradient)).as(name).isTrue();
            assertThat(gradient.norm().item()).as(name).isPositive();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aSamplesLossDoesNotDependOnItsNeighbours(int clones) {
        Mae method = method(config(clones, true), 1);
        Input batch = Tiny.images(2, 1);
        double together = method.forward(batch, 5, false).total().item();
        double apart = method.forward(Tiny.alone(batch, 0), 5, false).total().item()
                + method.forward(Tiny.alone(batch, 1), 5, false).total().item();
        assertThat(together).isCloseTo(apart, withinPercentage(1e-3));
    }

    @Test
    void masksChangeWithTheUpdateAndNothingElseDoes() {
        Mae method = method(config(1, true), 1);
        Input batch = Tiny.images(2, 1);
        double loss = method.forward(batch, 5, false).loss().item();
        StepResult observed = method.forward(batch, 5, true);
        assertThat(observed.loss().item()).isEqualTo(loss);
        assertThat(observed.diagnostics())
                .extracting(Diagnostic::name)
                .contains("mask/ratio", "target/std", "prediction/std", "health/student_rank");
        assertThat(monitor(observed, "mask/ratio")).isEqualTo(MASKED / 6.0);
        assertThat(method.forward(batch, 5, false).diagnostics()).isEmpty();
        assertThat(method.forward(batch, 6, false).loss().item()).isNotEqualTo(loss);
        assertThat(method.afterUpdate(0)).isEmpty();
        assertThat(method.frozenWeights()).isEmpty();
        assertThat(method.encoders()).containsOnlyKeys("encoder");
    }

    @Test
    void theLossFallsOnOneBatch() {
        Mae method =
                config(1, true).build(encoder(1), () -> new ImageFeatureEncoder(Tiny.IMAGE, Tiny.WIDTH), 3, Device.CPU);
        method.train(true);
        Input batch = Tiny.images(2, 1);
        double first = 0;
        double last = 0;
        for (int step = 0; step < 80; step++) {
            method.weights().gradients().zero_();
            Tensor loss = method.forward(batch, 0, false).loss();
            loss.backward();
            method.weights().values().detach().add_(method.weights().gradients(), -0.3);
            last = loss.item();
            first = step == 0 ? last : first;
        }
        assertThat(last).isLessThan(0.6 * first);
    }

    @Test
    void bfloat16ProductsGiveNearlyTheSameLossAndFloat32Gradients() {
        Mae method = method(config(2, true), 1);
        Input batch = Tiny.images(2, 1);
        double exact = method.forward(batch, 0, false).loss().item();
        double rounded = Autocast.with(DType.BF16, () -> {
            Tensor loss = method.forward(batch, 0, true).loss();
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
        Mae method = method(config(2, true), 1);
        Input batch = Tiny.images(2, 1);
        long pointers = 0;
        for (int step = 0; step < 6; step++) {
            try (Scope scope = Scope.open()) {
                method.weights().gradients().zero_();
                method.forward(batch, step, true).loss().backward();
            }
            pointers = step == 1 ? Native.livePointers() : pointers;
        }
        assertThat(Native.livePointers()).isLessThanOrEqualTo(pointers);
    }

    @Test
    void whatCannotBeLearnedFromIsRefused() {
        Mae method = method(config(1, true), 1);
        Input one = new Input(Tiny.normal(1, 2, 3, 4, 4), new long[] {1, 2});
        assertThatThrownBy(() -> method.forward(one, 0, false))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("nothing is masked: images of one patch");
        assertThatThrownBy(() -> config(1, true)
                        .build(
                                encoder(1),
                                () -> new AudioFeatureEncoder(
                                        TinySequences.audio(ExtractorNorm.LAYER, Compat.NONE), Tiny.WIDTH),
                                3,
                                Device.CPU))
                .isInstanceOf(UserException.class)
                .hasMessage("mae predicts the pixels of images; for other data choose another method");
        ImageConfig pixels = new ImageConfig(4, 1, 1);
        assertThatThrownBy(() -> config(1, true)
                        .build(encoder(1), () -> new ImageFeatureEncoder(pixels, Tiny.WIDTH), 3, Device.CPU))
                .hasMessageContaining("has no variance");
        config(1, false).build(encoder(1), () -> new ImageFeatureEncoder(pixels, Tiny.WIDTH), 3, Device.CPU);
    }

    @Test
    void illegalSettingsNameTheField() {
        assertThatThrownBy(() -> config(0, true)).hasMessageStartingWith("clones is 0");
        assertThatThrownBy(() -> new MaeDecoderConfig(0, 1, 1)).hasMessageStartingWith("width is 0");
        assertThatThrownBy(() -> new MaeDecoderConfig(6, 1, 1)).hasMessageContaining("multiple of 4");
        assertThatThrownBy(() -> new MaeDecoderConfig(8, 0, 1)).hasMessageStartingWith("depth is 0");
        assertThatThrownBy(() -> new MaeDecoderConfig(8, 1, 0)).hasMessageStartingWith("heads is 0");
        assertThatThrownBy(() -> new MaeDecoderConfig(8, 1, 3))
                .isInstanceOf(UserException.class)
                .hasMessage("heads is 3 but width is 8; heads must divide width");
    }

    @Test
    void theDefaultsAreThePublishedOnes() {
        MaeConfig published = MaeConfig.defaults();
        assertThat(published).isEqualTo(new MaeConfig(1, new RandomMask(0.75), new MaeDecoderConfig(512, 8, 16), true));
        assertThat(published.title()).isEqualTo("MAE");
        published.checkFits(MaeConfig.base());
        assertThat(MaeConfig.base().block().norm()).isEqualTo(NormPlacement.PRE);
        assertThat(MaeConfig.base().extraTokens()).isOne();
    }

    private static double monitor(StepResult result, String name) {
        return result.diagnostics().stream()
                .filter(monitor -> monitor.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
