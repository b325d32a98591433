package org.data2vec4j.model.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class MaskStrategyTest {
    static final List<Grid> GRIDS = List.of(
            Grid.row(1),
            Grid.row(2),
            Grid.row(17),
            Grid.row(999),
            new Grid(2, 1),
            new Grid(9, 1),
            new Grid(3, 5),
            new Grid(8, 8),
            new Grid(14, 14),
            new Grid(2, 40));

    static List<MaskStrategy> laws(double ratio) {
        List<MaskStrategy> laws = new ArrayList<>();
        laws.add(new RandomMask(ratio));
        for (int area : new int[] {1, 4, 16, 1000}) {
            laws.add(new RectangleMask(ratio, area, 0.3));
            laws.add(new RectangleMask(ratio, area, 1));
        }
        for (BlockEdges edges : BlockEdges.values()) {
            for (int length : new int[] {1, 2, 3, 5, 100}) {
                laws.add(new BlockMask(ratio, length, 0.05, edges));
                laws.add(new InverseBlockMask(ratio, length, 0.07, edges));
            }
        }
        return laws;
    }

    @Test
    void everyRowMasksExactlyTheCountOnEveryGrid() {
        Rng ratios = Rng.of(3);
        for (int round = 0; round < 30; round++) {
            double ratio = round == 0 ? 0.001 : round == 1 ? 0.999 : ratios.nextDouble(0.01, 0.99);
            for (Grid grid : GRIDS) {
                for (MaskStrategy law : laws(ratio)) {
                    boolean[] row = law.draw(grid, Rng.of(round, grid.height(), grid.width()));
                    assertThat(row).hasSize(grid.size());
                    assertThat(count(row)).as("%s on %s", law, grid).isEqualTo(law.masked(grid));
                    if (grid.size() > 1) {
                        assertThat(law.masked(grid)).isBetween(1, grid.size() - 1);
                    }
                }
            }
        }
    }

    @Test
    void countsArePublishedOnes() {
        assertThat(64 - new InverseBlockMask(0.8, 3, 0.07).masked(new Grid(8, 8)))
                .isEqualTo(12);
        assertThat(196 - new InverseBlockMask(0.8, 3, 0.07).masked(new Grid(14, 14)))
                .isEqualTo(39);
        assertThat(196 - new InverseBlockMask(0.75, 3, 0.1).masked(new Grid(14, 14)))
                .isEqualTo(49);
        assertThat(256 - new InverseBlockMask(0.75, 3, 0.1).masked(new Grid(16, 16)))
                .isEqualTo(64);
        assertThat(new BlockMask(0.5, 5, 0.05).masked(Grid.row(999))).isEqualTo(499);
        assertThat(512 - new RandomMask(0.48).masked(Grid.row(512))).isEqualTo(266);
        assertThat(10 - new RandomMask(0.8).masked(Grid.row(10)))
                .as("not lost to rounding")
                .isEqualTo(2);
        assertThat(new RandomMask(0.5).masked(Grid.row(1)))
                .as("a lone position stays visible")
                .isZero();
    }

    @Test
    void maskedBlocksHoldTogetherMoreThanRandomOnes() {
        Grid grid = new Grid(14, 14);
        double random = visibleNeighbours(new RandomMask(0.8), grid);
        double blocks = visibleNeighbours(new InverseBlockMask(0.8, 3, 0.07), grid);
        assertThat(blocks).isGreaterThan(2 * random);
        double scattered = visibleNeighbours(new RandomMask(0.6), grid);
        assertThat(visibleNeighbours(RectangleMask.defaults(), grid)).isGreaterThan(1.5 * scattered);
    }

    /** Mean number of visible horizontal neighbours per row drawn. */
    private static double visibleNeighbours(MaskStrategy law, Grid grid) {
        int pairs = 0;
        for (int draw = 0; draw < 500; draw++) {
            boolean[] row = law.draw(grid, Rng.of(8, draw));
            for (int t = 0; t + 1 < row.length; t++) {
                pairs += (t + 1) % grid.width() != 0 && !row[t] && !row[t + 1] ? 1 : 0;
            }
        }
        return pairs / 500.0;
    }

    @Test
    void kindsAreTheNamesInRecipes() {
        assertThat(RandomMask.class.getAnnotation(Kind.class).value()).isEqualTo("random");
        assertThat(BlockMask.class.getAnnotation(Kind.class).value()).isEqualTo("block");
        assertThat(InverseBlockMask.class.getAnnotation(Kind.class).value()).isEqualTo("inverse_block");
        assertThat(RectangleMask.class.getAnnotation(Kind.class).value()).isEqualTo("rectangle");
    }

    @Test
    void illegalSettingsNameTheField() {
        assertThatThrownBy(() -> new RandomMask(1)).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> new RandomMask(Double.NaN)).hasMessage("ratio is NaN; allowed: above 0 and below 1");
        assertThatThrownBy(() -> new BlockMask(0.5, 0, 0)).hasMessageStartingWith("length is 0; allowed: 1 to");
        assertThatThrownBy(() -> new InverseBlockMask(0.5, 2, -0.1)).hasMessage("adjust is -0.1; allowed: 0 to 1");
        assertThatThrownBy(() -> new RectangleMask(0, 1, 1)).hasMessageStartingWith("ratio is 0");
        assertThatThrownBy(() -> new RectangleMask(0.5, 0, 1)).hasMessageStartingWith("area is 0; allowed: 1 to");
        assertThatThrownBy(() -> new RectangleMask(0.5, 1, 2)).hasMessageStartingWith("aspect is 2");
        assertThatThrownBy(() -> new Grid(0, 3)).hasMessage("height is 0; allowed: 1 or more");
        assertThatThrownBy(() -> new Grid(1 << 16, 1 << 16)).isInstanceOf(UserException.class);
    }

    static int count(boolean[] row) {
        int count = 0;
        for (boolean flag : row) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
