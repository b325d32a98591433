package org.data2vec4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.data2vec4j.core.Rng;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.encoder.AttentionBiasConfig.Relative;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.nn.AttentionBias;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InScope.class)
class RelativeBiasTest {
    private static final int HEADS = 3;
    private static final int BLOCKS = 2;

    /** What the table says, by a loop over rows, columns and extra tokens. */
    private static float expected(
            float[] table, int block, boolean perBlock, int reach, int head, int from, int to, int width) {
        int side = 2 * reach + 1;
        int entries = side * side + 3;
        int entry;
        if (from < 0 && to < 0) {
            entry = entries - 1;
        } else if (to < 0) {
            entry = entries - 2;
        } else if (from < 0) {
            entry = entries - 3;
        } else {
            int down = Math.max(-reach, Math.min(reach, from / width - to / width));
            int right = Math.max(-reach, Math.min(reach, from % width - to % width));
            entry = (down + reach) * side + right + reach;
        }
        return table[((perBlock ? block : 0) * entries + entry) * HEADS + head];
    }

    @ParameterizedTest
    @CsvSource({"3,0,false", "3,1,false", "2,2,true", "1,1,true", "7,0,false"})
    void everyPairOfPlacesHasTheTablesNumber(int reach, int extra, boolean perBlock) {
        PositionBias bias = new Relative(reach, perBlock).build(HEADS, BLOCKS);
        Weights weights = Tiny.placed(bias);
        float[] table = weights.parameter("m.table").value().toFloats();
        Grid grid = new Grid(3, 4);
        MaskBatch masks = MaskBatch.draw(new RandomMask(0.5), grid, 1, 0, new long[] {3, 4}, 2);
        MaskIndices view = MaskIndices.of(masks, Device.CPU);
        int v = masks.visible();
        AttentionBias whole = bias.whole(grid, extra, Device.CPU);
        AttentionBias visible = bias.visible(view, extra);
        float[] places = view.positions().toFloats();
        for (int block = 0; block < BLOCKS; block++) {
            Tensor all = Objects.requireNonNull(whole.of(block));
            int n = extra + 12;
            assertThat(Tiny.shape(all)).containsExactly(1L, (long) HEADS, (long) n, (long) n);
            float[] values = all.toFloats();
            for (int i = 0; i < values.length; i++) {
                int from = i / n % n - extra;
                int to = i % n - extra;
                assertThat(values[i]).isEqualTo(expected(table, block, perBlock, reach, i / n / n, from, to, 4));
            }
            Tensor some = Objects.requireNonNull(visible.of(block));
            n = extra + v;
            assertThat(Tiny.shape(some)).containsExactly(4L, (long) HEADS, (long) n, (long) n);
            values = some.toFloats();
            for (int i = 0; i < values.length; i++) {
                int row = i / (HEADS * n * n);
                int from = place(places, row, i / n % n - extra, v);
                int to = place(places, row, i % n - extra, v);
                assertThat(values[i])
                        .isEqualTo(expected(table, block, perBlock, reach, i / n / n % HEADS, from, to, 4));
            }
        }
    }

    private static int place(float[] places, int row, int entry, int visible) {
        return entry < 0 ? -1 : (int) places[row * visible + entry];
    }

    @Test
    void beginsAtNothingAndHasOneTableForAllBlocks() {
        PositionBias bias = Relative.defaults().build(12, 12);
        assertThat(bias.parameters().get("table").shape()).containsExactly(1, 27 * 27 + 3, 12);
        assertThat(bias.parameters().get("table").init().values(5, Rng.of(1))).containsOnly(0);
        assertThat(new Relative(13, true)
                        .build(12, 24)
                        .parameters()
                        .get("table")
                        .shape())
                .containsExactly(24, 732, 12);
        assertThatThrownBy(() -> new Relative(0, false)).hasMessageStartingWith("reach is 0; allowed: 1 to");
    }
}
