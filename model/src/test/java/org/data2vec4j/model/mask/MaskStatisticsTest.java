package org.data2vec4j.model.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;

/** How often each position is masked. Bounds are five standard deviations of the sampling error; seeds are fixed. */
class MaskStatisticsTest {
    private static final int DRAWS = 20_000;

    @Test
    void everyPositionIsMaskedEquallyOften() {
        List<MaskStrategy> laws = List.of(
                new RandomMask(0.6),
                new BlockMask(0.5, 5, 0.05),
                new BlockMask(0.5, 2, 0),
                new InverseBlockMask(0.8, 3, 0.07),
                new InverseBlockMask(0.75, 4, 0.1));
        for (Grid grid : List.of(new Grid(8, 8), new Grid(3, 5), Grid.row(31), new Grid(11, 1), new Grid(2, 9))) {
            for (MaskStrategy law : laws) {
                double share = (double) law.masked(grid) / grid.size();
                double bound = 5 * Math.sqrt(share * (1 - share) / DRAWS);
                for (double marginal : marginals(law, grid)) {
                    assertThat(marginal).as("%s on %s", law, grid).isCloseTo(share, within(bound));
                }
            }
        }
    }

    @Test
    void clampedBlocksCoverWhatTheReferencesDo() {
        Grid grid = new Grid(6, 9);
        int[] covered = new int[grid.size()];
        for (int draw = 0; draw < DRAWS; draw++) {
            boolean[] flags = BlockSampler.cover(grid, 3, BlockEdges.CLAMPED, 0.5, Rng.of(4, draw));
            for (int t = 0; t < flags.length; t++) {
                covered[t] += flags[t] ? 1 : 0;
            }
        }
        for (int t = 0; t < grid.size(); t++) {
            int reach = reach(t / 9, 6) * reach(t % 9, 9); // centres whose 3×3 block holds the position
            double expected = 1 - Math.pow(1 - reach / 54.0, 3); // int(54·0.5/9) blocks
            double bound = 5 * Math.sqrt(expected * (1 - expected) / DRAWS);
            assertThat((double) covered[t] / DRAWS).isCloseTo(expected, within(bound));
        }
    }

    private static int reach(int place, int side) {
        return place == 0 || place == side - 1 ? 2 : 3;
    }

    @Test
    void clampedMasksMatchANaiveReference() {
        Grid grid = new Grid(7, 7);
        MaskStrategy law = new InverseBlockMask(0.75, 3, 0.1, BlockEdges.CLAMPED);
        double[] ours = marginals(law, grid);
        double[] naive = new double[grid.size()];
        for (int draw = 0; draw < DRAWS; draw++) {
            Set<Integer> kept = naiveKept(7, 3, 0.25, 0.1, Rng.of(6, draw));
            for (int t = 0; t < naive.length; t++) {
                naive[t] += kept.contains(t) ? 0 : 1.0 / DRAWS;
            }
        }
        for (int t = 0; t < naive.length; t++) {
            assertThat(ours[t]).isCloseTo(naive[t], within(5 * Math.sqrt(2 * 0.25 * 0.75 / DRAWS)));
        }
        assertThat(ours[0]).as("a corner is masked more often than the centre").isGreaterThan(ours[24] + 0.05);
    }

    /** The reference's steps in its order: centres, offsets, clamp, then add or remove at random. */
    private static Set<Integer> naiveKept(int side, int length, double keep, double adjust, Rng rng) {
        int size = side * side;
        Set<Integer> kept = new LinkedHashSet<>();
        for (int block = 0; block < (int) (size * ((keep + adjust) / (length * length))); block++) {
            int centre = rng.nextInt(size);
            for (int i = 0; i < length; i++) {
                for (int j = 0; j < length; j++) {
                    int row = Math.min(Math.max(centre / side + i - length / 2, 0), side - 1);
                    int column = Math.min(Math.max(centre % side + j - length / 2, 0), side - 1);
                    kept.add(row * side + column);
                }
            }
        }
        int target = (int) (size * keep);
        while (kept.size() > target) {
            kept.remove(new ArrayList<>(kept).get(rng.nextInt(kept.size())));
        }
        while (kept.size() < target) {
            kept.add(rng.nextInt(size));
        }
        return kept;
    }

    @Test
    void blockCountsUseTheAreaABlockCanHave() {
        assertThat(BlockEdges.UNBIASED.area(Grid.row(100), 5)).isEqualTo(5);
        assertThat(BlockEdges.UNBIASED.area(new Grid(3, 20), 5)).isEqualTo(15);
        assertThat(BlockEdges.UNBIASED.area(new Grid(14, 14), 3)).isEqualTo(9);
        assertThat(BlockEdges.CLAMPED.area(new Grid(3, 20), 5)).isEqualTo(25);
        assertThat(BlockEdges.CLAMPED.area(Grid.row(100), 5)).isEqualTo(5);
    }

    private static double[] marginals(MaskStrategy law, Grid grid) {
        double[] share = new double[grid.size()];
        for (int draw = 0; draw < DRAWS; draw++) {
            boolean[] row = law.draw(grid, Rng.of(1, draw));
            for (int t = 0; t < share.length; t++) {
                share[t] += row[t] ? 1.0 / DRAWS : 0;
            }
        }
        return share;
    }
}
