package org.data2vec4j.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(InScope.class)
class DecoderTest {
    private static final long[] IDS = {4, 9};
    private static final int CLONES = 2;

    static Stream<DecoderConfig> everyKind() {
        return Stream.of(
                conv(Tiny.WIDTH, 3, 4, true, 1, 0.01),
                conv(Tiny.WIDTH, 2, 4, true, 1, 0.01), // even kernels
                conv(Tiny.WIDTH, 4, 4, false, 1, 0.01),
                conv(Tiny.WIDTH, 9, 1, true, 1, 0), // a kernel wider than the grid
                conv(24, 3, 8, true, 3, 0.01), // another width, several projection layers
                conv(8, 5, 1, true, 2, 0),
                new TransformerDecoderConfig(24, 2, 3, 0.01),
                new TransformerDecoderConfig(Tiny.WIDTH, 1, 1, 0),
                new CrossAttentionDecoderConfig(24, 2, 3, 0.01),
                new CrossAttentionDecoderConfig(Tiny.WIDTH, 1, 1, 0));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void predictsEveryMaskedPlaceAndTrainsEveryParameter(DecoderConfig config) {
        for (Grid grid : new Grid[] {new Grid(3, 5), new Grid(1, 6), new Grid(4, 4), Grid.row(9)}) {
            MaskBatch masks = masks(grid);
            Decoder decoder = config.build(Tiny.WIDTH, grid.height() == 1 && grid.width() == 9 ? 1 : 2);
            Weights weights = Tiny.placed(decoder);
            weights.trainable();
            decoder.train(true);
            Tensor visible =
                    Tiny.normal(3, masks.rows(), masks.visible(), Tiny.WIDTH).requiresGrad_(true);
            Tensor predicted = decoder.forward(visible, MaskIndices.of(masks, Device.CPU));
            assertThat(Tiny.shape(predicted)).containsExactly((long) masks.masked(), (long) Tiny.WIDTH);
            predicted.square().sum().backward();
            Map<String, Tensor> gradients = weights.views(weights.gradients());
            gradients.forEach((name, gradient) -> {
                assertThat(F.allFinite(gradient)).as("%s %s", grid, name).isTrue();
                assertThat(gradient.norm().item()).as("%s %s", grid, name).isPositive();
            });
            assertThat(visible.grad().norm().item()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void noiseIsTheOnlyChance(DecoderConfig config) {
        MaskBatch masks = given(masks(new Grid(3, 5)));
        MaskIndices view = MaskIndices.of(masks, Device.CPU);
        Tensor visible = Tiny.normal(3, masks.rows(), masks.visible(), Tiny.WIDTH);
        Decoder decoder = config.build(Tiny.WIDTH, 2);
        Tiny.placed(decoder);
        decoder.train(true);
        Tensors.seed(1);
        float[] first = decoder.forward(visible, view).toFloats();
        float[] second = decoder.forward(visible, view).toFloats();
        Tensors.seed(1);
        assertThat(decoder.forward(visible, view).toFloats()).containsExactly(first);
        assertThat(Arrays.equals(first, second)).isEqualTo(noise(config) == 0);
    }

    /** The same masks, without the keys that they were drawn by. */
    private static MaskBatch given(MaskBatch drawn) {
        int size = drawn.grid().size();
        boolean[] flags = new boolean[drawn.rows() * size];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = drawn.masked(i / size, i % size);
        }
        return MaskBatch.of(flags, drawn.grid(), drawn.clones());
    }

    @Test
    void noiseOfDrawnMasksIsKeyedByTheSampleWhateverItsNeighbours() {
        Grid grid = new Grid(3, 5);
        MaskBatch both = MaskBatch.draw(new RandomMask(0.6), grid, 3, 8, new long[] {4, 9}, 2);
        MaskBatch alone = MaskBatch.draw(new RandomMask(0.6), grid, 3, 8, new long[] {9}, 2);
        MaskBatch later = MaskBatch.draw(new RandomMask(0.6), grid, 3, 9, new long[] {9}, 2);
        Tensors.seed(1);
        float[] all = Decoder.noise(MaskIndices.of(both, Device.CPU), 7, 0.5, Device.CPU)
                .toFloats();
        Tensors.seed(2);
        float[] second = Decoder.noise(MaskIndices.of(alone, Device.CPU), 7, 0.5, Device.CPU)
                .toFloats();
        assertThat(second).hasSize(alone.masked() * 7);
        assertThat(Arrays.copyOfRange(all, all.length - second.length, all.length))
                .containsExactly(second);
        assertThat(Decoder.noise(MaskIndices.of(later, Device.CPU), 7, 0.5, Device.CPU)
                        .toFloats())
                .isNotEqualTo(second);
        assertThat(given(alone).keyed()).isFalse();
    }

    @Test
    void convolutionsPredictAtMaskedPlacesWhatTheyPredictEverywhere() {
        for (int kernel : new int[] {1, 2, 3, 4, 5}) {
            MaskBatch masks = masks(new Grid(3, 5));
            MaskIndices view = MaskIndices.of(masks, Device.CPU);
            Tensor visible = Tiny.normal(3, masks.rows(), masks.visible(), Tiny.WIDTH);
            ConvDecoder decoder = (ConvDecoder) conv(24, kernel, 4, true, 2, 0).build(Tiny.WIDTH, 2);
            Tiny.placed(decoder);
            Tensor predicted = decoder.forward(visible, view);
            Tensor everywhere = decoder.everywhere(visible, view);
            assertThat(Tiny.shape(everywhere)).containsExactly((long) masks.rows(), 15L, (long) Tiny.WIDTH);
            int n = 0;
            for (int row = 0; row < masks.rows(); row++) {
                for (int t = 0; t < 15; t++) {
                    if (masks.masked(row, t)) {
                        assertThat(Tiny.row(predicted, n++))
                                .containsExactly(
                                        everywhere.select(0, row).select(0, t).toFloats(),
                                        org.assertj.core.api.Assertions.offset(1e-5f));
                    }
                }
            }
            assertThat(n).isEqualTo(masks.masked());
        }
    }

    @Test
    void visibleTokensStandInTheirPlacesAndMaskedOnesAreFilled() {
        MaskBatch masks = masks(new Grid(3, 5));
        MaskIndices view = MaskIndices.of(masks, Device.CPU);
        Tensor visible = Tiny.normal(3, masks.rows(), masks.visible(), Tiny.WIDTH);
        Tensor filled = Decoder.filled(visible, view, 0);
        for (int row = 0; row < masks.rows(); row++) {
            int v = 0;
            for (int t = 0; t < 15; t++) {
                float[] place = Tiny.row(filled, row * 15 + t);
                if (masks.masked(row, t)) {
                    assertThat(place).containsOnly(0);
                } else {
                    assertThat(place)
                            .containsExactly(
                                    visible.select(0, row).select(0, v++).toFloats());
                }
            }
        }
        double deviation = Math.sqrt(Decoder.filled(visible, view, 0.5)
                .indexSelect(0, view.masked())
                .square()
                .mean()
                .item());
        assertThat(deviation).isBetween(0.4, 0.6);
    }

    @Test
    void aKernelOfOneSeesNothingAtMaskedPlaces() {
        MaskBatch masks = masks(new Grid(3, 5));
        Decoder decoder = conv(Tiny.WIDTH, 1, 4, true, 1, 0).build(Tiny.WIDTH, 2);
        Tiny.placed(decoder);
        Tensor predicted = decoder.forward(
                Tiny.normal(3, masks.rows(), masks.visible(), Tiny.WIDTH), MaskIndices.of(masks, Device.CPU));
        for (int n = 1; n < predicted.size(0); n++) { // rows of one product may be summed in different orders
            assertThat(Tiny.row(predicted, n))
                    .containsExactly(Tiny.row(predicted, 0), org.assertj.core.api.Assertions.offset(1e-5f));
        }
    }

    @Test
    void attentionDecodersTellMaskedPlacesApart() {
        MaskBatch masks = masks(new Grid(3, 5));
        for (DecoderConfig config : new DecoderConfig[] {
            new TransformerDecoderConfig(16, 1, 2, 0), new CrossAttentionDecoderConfig(16, 1, 2, 0)
        }) {
            Decoder decoder = config.build(Tiny.WIDTH, 2);
            Tiny.placed(decoder);
            Tensor predicted = decoder.forward(
                    Tiny.normal(3, masks.rows(), masks.visible(), Tiny.WIDTH), MaskIndices.of(masks, Device.CPU));
            assertThat(Tiny.row(predicted, 1)).isNotEqualTo(Tiny.row(predicted, 0));
        }
    }

    @Test
    void inputDropoutActsInTrainingOnly() {
        MaskBatch masks = masks(new Grid(3, 5));
        MaskIndices view = MaskIndices.of(masks, Device.CPU);
        Tensor visible = Tiny.normal(3, masks.rows(), masks.visible(), Tiny.WIDTH);
        Decoder dropping = new ConvDecoderConfig(16, 1, 3, 4, true, 1, 2, 0, 0.5).build(Tiny.WIDTH, 2);
        Decoder whole = new ConvDecoderConfig(16, 1, 3, 4, true, 1, 2, 0, 0).build(Tiny.WIDTH, 2);
        Tiny.placed(dropping);
        Tiny.placed(whole);
        float[] expected = whole.forward(visible, view).toFloats();
        assertThat(dropping.forward(visible, view).toFloats()).containsExactly(expected);
        dropping.train(true);
        assertThat(dropping.forward(visible, view).toFloats()).isNotEqualTo(expected);
    }

    @Test
    void illegalSettingsNameTheField() {
        assertRefused("groups is 5 but width is 16", () -> conv(16, 3, 5, true, 1, 0));
        assertRefused(
                "groups is 8 but model.block.width is 12",
                () -> conv(16, 3, 8, true, 1, 0).build(12, 2));
        assertRefused("kernel is 0", () -> conv(16, 0, 4, true, 1, 0));
        assertRefused("width is 0", () -> conv(0, 3, 4, true, 1, 0));
        assertRefused("projection_layers is 0", () -> conv(16, 3, 4, true, 0, 0));
        assertRefused("noise is -1", () -> conv(16, 3, 4, true, 1, -1));
        assertRefused("layers is 0", () -> new TransformerDecoderConfig(16, 0, 2, 0));
        assertRefused("noise is NaN", () -> new TransformerDecoderConfig(16, 1, 2, Double.NaN));
        assertRefused("heads is 3 but width is 16", () -> new CrossAttentionDecoderConfig(16, 1, 3, 0));
        assertRefused("width is 18", () -> new TransformerDecoderConfig(18, 1, 2, 0));
        assertRefused("width is 18", () -> new CrossAttentionDecoderConfig(18, 1, 2, 0));
    }

    private static void assertRefused(String start, org.assertj.core.api.ThrowableAssert.ThrowingCallable code) {
        assertThatThrownBy(code).isInstanceOf(UserException.class).hasMessageStartingWith(start);
    }

    private static ConvDecoderConfig conv(
            int width, int kernel, int groups, boolean residual, int projections, double noise) {
        return new ConvDecoderConfig(width, 2, kernel, groups, residual, projections, 2, noise, 0);
    }

    private static MaskBatch masks(Grid grid) {
        return MaskBatch.draw(new RandomMask(0.6), grid, 5, 0, IDS, CLONES);
    }

    private static double noise(DecoderConfig config) {
        if (config instanceof ConvDecoderConfig conv) {
            return conv.noise();
        }
        return config instanceof TransformerDecoderConfig transformer
                ? transformer.noise()
                : ((CrossAttentionDecoderConfig) config).noise();
    }
}
