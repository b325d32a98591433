package org.data2vec4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Objects;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.encoder.AttentionBiasConfig.Alibi;
import org.data2vec4j.model.encoder.AttentionBiasConfig.Alibi.Scale;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlibiBiasTest {
    private static final int HEADS = 4;
    private static final int BLOCKS = 3;

    @Test
    void slopesAreTheAuthors() {
        assertThat(AlibiBias.slopes(4)).containsExactly(0.25f, 0.0625f, 0.015625f, 0.00390625f);
        assertThat(AlibiBias.slopes(8)).startsWith(0.5f, 0.25f).endsWith(0.00390625f);
        // 6 heads: the four of a power of two, then the first and third of eight.
        assertThat(AlibiBias.slopes(6)).containsExactly(0.25f, 0.0625f, 0.015625f, 0.00390625f, 0.5f, 0.125f);
        assertThat(AlibiBias.slopes(1)).containsExactly(0.00390625f);
    }

    @ParameterizedTest
    @EnumSource(Scale.class)
    void theBiasOfVisiblePositionsIsGatheredFromTheWholeOnes(Scale scale) {
        PositionBias bias = new Alibi(scale, 1.5).build(HEADS, BLOCKS);
        if (scale != Scale.FIXED) {
            Weights weights = Tiny.placed(bias); // some scales are below 0 and count as 0
            weights.trainable();
        }
        Grid grid = Grid.row(9);
        MaskBatch masks = MaskBatch.draw(new RandomMask(0.5), grid, 1, 0, new long[] {3, 4}, 2);
        MaskIndices view = MaskIndices.of(masks, Device.CPU);
        int v = masks.visible();
        for (int block = 0; block < BLOCKS; block++) {
            Tensor whole =
                    Objects.requireNonNull(bias.whole(grid, 0, Device.CPU).of(block));
            Tensor seen = Objects.requireNonNull(bias.visible(view, 0).of(block));
            assertThat(Tiny.shape(seen)).containsExactly(4L, (long) HEADS, (long) v, (long) v);
            float[] all = whole.toFloats();
            float[] some = seen.toFloats();
            float[] places = view.positions().toFloats();
            for (int i = 0; i < some.length; i++) {
                int row = i / (HEADS * v * v);
                int head = i / (v * v) % HEADS;
                int from = (int) places[row * v + i / v % v];
                int to = (int) places[row * v + i % v];
                assertThat(some[i]).isCloseTo(all[(head * 9 + from) * 9 + to], offset(1e-6f));
                if (scale == Scale.FIXED) {
                    assertThat(some[i])
                            .isCloseTo(-1.5f * AlibiBias.slopes(HEADS)[head] * Math.abs(from - to), offset(1e-6f));
                }
                assertThat(some[i]).isLessThanOrEqualTo(0);
            }
        }
    }
}
