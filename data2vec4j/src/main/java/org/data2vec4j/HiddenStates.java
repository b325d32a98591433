package org.data2vec4j;

/**
 * The features of one sample at every position and layer. Padding and extra tokens are left out, so every position is of the sample.
 * The arrays are the caller's.
 *
 * @param rows of the grid of positions: of an image's patches; 1 for sound and text
 * @param columns of the grid; the number of positions is {@code rows * columns}
 * @param layers (L + 1, T, D): the outputs of all blocks, the pre-net's and then the shared ones, and then the final features; T
 *     positions, row by row; D the model's width
 */
@SuppressWarnings("ArrayRecordComponent") // results, handed over; never compared
public record HiddenStates(int rows, int columns, float[][][] layers) {
    /** The number of positions, T. */
    public int positions() {
        return rows * columns;
    }

    /** (T, D): the encoder's final features, after its final norm. */
    public float[][] last() {
        return layers[layers.length - 1];
    }
}
