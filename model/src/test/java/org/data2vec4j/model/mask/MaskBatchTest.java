package org.data2vec4j.model.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class MaskBatchTest {
    private static final MaskStrategy LAW = new InverseBlockMask(0.8, 3, 0.07);
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
        assertThat(visible(batch, 0)).containsExactly(1, 3, 15);
        assertThat(visible(batch, 1)).containsExactly(9, 12, 15);
    }

    @Test
    void everyRowShowsAndMasksTheLawsShare() {
        long[] ids = LongStream.range(0, 6).toArray();
        for (Grid grid : MaskStrategyTest.GRIDS) {
            for (MaskStrategy law : MaskStrategyTest.laws(0.6)) {
                MaskBatch batch = MaskBatch.draw(law, grid, 1, 0, ids, 3);
                int size = grid.size();
                assertThat(batch.rows()).isEqualTo(18);
                assertThat(batch.samples()).isEqualTo(6);
                assertThat(batch.masked()).isEqualTo(18 * law.masked(grid));
                assertThat(batch.visible()).isEqualTo(size - law.masked(grid));
                assertThat(batch.share()).isEqualTo((double) law.masked(grid) / size);
                for (int row = 0; row < batch.rows(); row++) {
                    assertThat(batch.visible(row) + batch.masked(row)).isEqualTo(size);
                    assertThat(visible(batch, row)).hasSize(batch.visible());
                }
            }
        }
    }

    @Test
    void aPaddedSampleIsMaskedAsItIsAlone() {
        long[] ids = {4, 8, 15};
        int[] lengths = {20, 7, 13};
        for (MaskStrategy law : MaskStrategyTest.laws(0.6)) {
            MaskBatch padded = MaskBatch.draw(law, Layout.padded(20, lengths, Compat.NONE), 3, 5, ids, 2);
            for (int row = 0; row < 6; row++) {
                int length = lengths[row / 2];
                MaskBatch alone = MaskBatch.draw(law, Grid.row(length), 3, 5, new long[] {ids[row / 2]}, 2);
                assertThat(visible(padded, row)).isEqualTo(visible(alone, row % 2));
                assertThat(padded.masked(row)).isEqualTo(law.masked(Grid.row(length)));
                assertThat(padded.visible(row) + padded.masked(row)).isEqualTo(length);
            }
        }
    }

    @Test
    void fixedPositionsAreNeverMaskedAndTheShareIsOfTheOthers() {
        boolean[] fixed = new boolean[2 * 12];
        fixed[0] = true;
        fixed[11] = true;
        fixed[12 + 5] = true;
        Layout layout = Layout.of(Grid.row(12), 2).withFixed(fixed);
        for (MaskStrategy law : MaskStrategyTest.laws(0.6)) {
            for (int update = 0; update < 50; update++) {
                MaskBatch batch = MaskBatch.draw(law, layout, 3, update, new long[] {1, 2}, 1);
                assertThat(visible(batch, 0)).contains(0, 11);
                assertThat(visible(batch, 1)).contains(5);
                assertThat(batch.masked(0)).isEqualTo(law.masked(Grid.row(10)));
                assertThat(batch.masked(1)).isEqualTo(law.masked(Grid.row(11)));
            }
        }
    }

    @Test
    void underCompatPaddingCountsAsVisible() {
        boolean[] given = {true, false, false, false, true, true, false, false};
        MaskBatch batch = MaskBatch.of(given, Layout.padded(4, new int[] {4, 3}, Compat.FAIRSEQ), 1);
        assertThat(visible(batch, 1)).containsExactly(2, 3);
        MaskBatch strict = MaskBatch.of(given, Layout.padded(4, new int[] {4, 3}, Compat.NONE), 1);
        assertThat(visible(strict, 1)).containsExactly(2);
    }

    @Test
    void aLayoutRefusesSamplesWithoutPositions() {
        assertThatThrownBy(() -> Layout.padded(4, new int[] {4, 0}, Compat.NONE))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("sample 1 of a batch fills 0 of 4 positions");
        assertThatThrownBy(() -> Layout.padded(4, new int[] {5}, Compat.NONE)).hasMessageContaining("allowed: 1 to 4");
    }

    @Test
    void givenMasksAreTakenAsTheyAre() {
        boolean[] given = {true, false, true, false, true, true};
        MaskBatch batch = MaskBatch.of(given, Grid.row(3), 2);
        given[0] = false;
        assertThat(batch.samples()).isEqualTo(1);
        assertThat(batch.clones()).isEqualTo(2);
        assertThat(visible(batch, 0)).containsExactly(1);
        assertThat(visible(batch, 1)).containsExactly(0);
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

    private static int[] visible(MaskBatch batch, int row) {
        return IntStream.range(0, batch.grid().size())
                .filter(t -> batch.visible(row, t))
                .toArray();
    }
}
