package org.data2vec4j.model.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class MaskBatchTest {
    private static final MaskLaw LAW = new InverseBlockMask(0.8, 3, 0.07);
    private static final Grid GRID = new Grid(8, 8);

    @Test
    void aSamplesMasksDoNotDependOnItsNeighbours() {
        MaskBatch together = MaskBatch.draw(LAW, GRID, 5, 40, new long[] {11, 7, -3}, 4);
        MaskBatch otherOrder = MaskBatch.draw(LAW, GRID, 5, 40, new long[] {-3, 11, 99, 7}, 4);
        MaskBatch alone = MaskBatch.draw(LAW, GRID, 5, 40, new long[] {7}, 4);
        MaskBatch fewerClones = MaskBatch.draw(LAW, GRID, 5, 40, new long[] {7}, 2);
        for (int clone = 0; clone < 4; clone++) {
            boolean[] expected = row(alone, clone);
            assertThat(row(together, 4 + clone)).isEqualTo(expected);
            assertThat(row(otherOrder, 12 + clone)).isEqualTo(expected);
            if (clone < 2) {
                assertThat(row(fewerClones, clone)).isEqualTo(expected);
            }
        }
    }

    @Test
    void everyWordOfTheKeyMatters() {
        boolean[] base = row(MaskBatch.draw(LAW, GRID, 1, 2, new long[] {3}, 2), 0);
        assertThat(row(MaskBatch.draw(LAW, GRID, 9, 2, new long[] {3}, 2), 0)).isNotEqualTo(base);
        assertThat(row(MaskBatch.draw(LAW, GRID, 1, 9, new long[] {3}, 2), 0)).isNotEqualTo(base);
        assertThat(row(MaskBatch.draw(LAW, GRID, 1, 2, new long[] {9}, 2), 0)).isNotEqualTo(base);
        assertThat(row(MaskBatch.draw(LAW, GRID, 1, 2, new long[] {3}, 2), 1)).isNotEqualTo(base);
    }

    @Test
    void masksAreStableAcrossReleases() {
        MaskBatch batch = MaskBatch.draw(LAW, new Grid(4, 4), 1, 2, new long[] {3}, 2);
        assertThat(batch.visibleIndex()).isEqualTo(new long[] {1, 3, 15, 9, 12, 15});
    }

    @Test
    void indicesPartitionEveryRowAndRestoreUndoesThem() {
        long[] ids = LongStream.range(0, 6).toArray();
        for (Grid grid : MaskLawTest.GRIDS) {
            for (MaskLaw law : MaskLawTest.laws(0.6)) {
                MaskBatch batch = MaskBatch.draw(law, grid, 1, 0, ids, 3);
                int size = grid.size();
                assertThat(batch.rows()).isEqualTo(18);
                assertThat(batch.samples()).isEqualTo(6);
                assertThat(batch.visible() + batch.masked()).isEqualTo(size);
                assertThat(batch.share()).isEqualTo((double) law.masked(grid) / size);
                for (int row = 0; row < batch.rows(); row++) {
                    long[] visible = slice(batch.visibleIndex(), row, batch.visible());
                    long[] masked = slice(batch.maskedIndex(), row, batch.masked());
                    assertThat(visible).isSorted();
                    assertThat(masked).isSorted();
                    for (long t : masked) {
                        assertThat(batch.masked(row, (int) t)).isTrue();
                    }
                    long[] both = LongStream.concat(Arrays.stream(visible), Arrays.stream(masked))
                            .toArray();
                    long[] restored = Arrays.stream(slice(batch.restore(), row, size))
                            .map(place -> both[(int) place])
                            .toArray();
                    assertThat(restored).isEqualTo(LongStream.range(0, size).toArray());
                }
            }
        }
    }

    @Test
    void givenMasksAreTakenAsTheyAre() {
        boolean[] given = {true, false, true, false, true, true};
        MaskBatch batch = MaskBatch.of(given, Grid.row(3), 2);
        given[0] = false;
        assertThat(batch.samples()).isEqualTo(1);
        assertThat(batch.clones()).isEqualTo(2);
        assertThat(batch.visibleIndex()).isEqualTo(new long[] {1, 0});
        assertThat(batch.maskedIndex()).isEqualTo(new long[] {0, 2, 1, 2});
        assertThat(batch.restore()).isEqualTo(new long[] {1, 0, 2, 0, 1, 2});
        assertThatThrownBy(() -> MaskBatch.of(given, Grid.row(3), 2))
                .isInstanceOf(UserException.class)
                .hasMessage("masks: row 1 masks 2 of 3 positions and row 0 masks 1; every row must mask as many");
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> MaskBatch.of(new boolean[5], Grid.row(3), 1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("masks have 5 flags");
        assertThatThrownBy(() -> MaskBatch.of(new boolean[3], Grid.row(3), 2)).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> MaskBatch.draw(LAW, GRID, 1, 0, new long[0], 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MaskBatch.draw(LAW, GRID, 1, 0, new long[] {1}, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean[] row(MaskBatch batch, int row) {
        boolean[] flags = new boolean[batch.grid().size()];
        for (int t = 0; t < flags.length; t++) {
            flags[t] = batch.masked(row, t);
        }
        return flags;
    }

    private static long[] slice(long[] values, int row, int width) {
        return Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }
}
