package org.data2vec4j.model.encoder;

import org.data2vec4j.core.SettingException;
import org.data2vec4j.model.mask.Grid;

/**
 * Fixed 2-D sine-cosine positions, as MAE and data2vec 2.0 use: the first half of the features tells the column, the second the
 * row; each half is sines, then cosines, of frequencies 10000^(−i/(D/4)).
 */
public final class SinCosPositions {
    private SinCosPositions() {}

    /** {@code width} if positions of so many features exist; {@code field} is the setting to name otherwise. */
    public static int checkWidth(String component, int width) {
        if (width % 4 != 0) {
            throw new SettingException(component, "is " + width + "; 2-D sine-cosine positions need a multiple of 4");
        }
        return width;
    }

    /** (T, D) values in row-major order for any grid; the width must be a multiple of 4. */
    public static float[] table(Grid grid, int width) {
        checkWidth("width", width);
        int quarter = width / 4;
        float[] table = new float[grid.size() * width];
        for (int row = 0; row < grid.height(); row++) {
            for (int column = 0; column < grid.width(); column++) {
                int start = (row * grid.width() + column) * width;
                for (int i = 0; i < quarter; i++) {
                    double frequency = Math.pow(10_000, -i / (double) quarter);
                    table[start + i] = (float) Math.sin(column * frequency);
                    table[start + quarter + i] = (float) Math.cos(column * frequency);
                    table[start + 2 * quarter + i] = (float) Math.sin(row * frequency);
                    table[start + 3 * quarter + i] = (float) Math.cos(row * frequency);
                }
            }
        }
        return table;
    }
}
