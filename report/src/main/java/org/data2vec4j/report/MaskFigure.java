package org.data2vec4j.report;

import java.util.List;
import org.data2vec4j.core.Check;

/**
 * One sample and its masked clones, as the student saw them.
 *
 * @param image the sample
 * @param gridHeight rows of patches
 * @param gridWidth columns of patches
 * @param clones one mask per clone, row by row; true: masked, hidden from the student; not copied
 */
public record MaskFigure(Picture image, int gridHeight, int gridWidth, List<boolean[]> clones) {
    /** Checks that every mask covers the grid. */
    public MaskFigure {
        Check.positive("mask grid height", gridHeight);
        Check.positive("mask grid width", gridWidth);
        clones = List.copyOf(clones);
        for (boolean[] clone : clones) {
            Check.that(
                    clone.length == gridHeight * gridWidth,
                    "a mask has " + clone.length + " places; expected " + gridHeight + "×" + gridWidth);
        }
    }
}
