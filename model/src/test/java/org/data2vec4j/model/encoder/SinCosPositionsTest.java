package org.data2vec4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.mask.Grid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinCosPositionsTest {
    @ParameterizedTest
    @CsvSource({"3,5,16", "5,3,16", "1,7,8", "7,1,8", "4,4,12", "1,1,4", "14,14,32"})
    void theReferencesFormulaForAnyRectangle(int height, int width, int features) {
        float[] table = SinCosPositions.table(new Grid(height, width), features);
        assertThat(table).hasSize(height * width * features);
        int half = features / 2;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                for (int f = 0; f < features; f++) {
                    int place = f < half ? column : row;
                    int i = f % (half / 2);
                    double angle = place / Math.pow(10_000, 2.0 * i / half);
                    double expected = f % half < half / 2 ? Math.sin(angle) : Math.cos(angle);
                    assertThat((double) table[(row * width + column) * features + f])
                            .as("row %s column %s feature %s", row, column, f)
                            .isCloseTo(expected, offset(1e-6));
                }
            }
        }
    }

    @Test
    void noTwoPositionsAreAlike() {
        float[] table = SinCosPositions.table(new Grid(3, 5), 16);
        for (int a = 0; a < 15; a++) {
            for (int b = 0; b < a; b++) {
                assertThat(Arrays.copyOfRange(table, a * 16, a * 16 + 16))
                        .isNotEqualTo(Arrays.copyOfRange(table, b * 16, b * 16 + 16));
            }
        }
    }

    @Test
    void theWidthMustBeAMultipleOfFour() {
        assertThatThrownBy(() -> SinCosPositions.table(new Grid(2, 2), 18))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("18")
                .hasMessageContaining("multiple of 4");
    }
}
