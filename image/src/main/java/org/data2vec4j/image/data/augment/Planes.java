package org.data2vec4j.image.data.augment;

import java.util.Arrays;

/**
 * A colour picture inside a longer array: three planes (R, G, B) of {@code height}·{@code width} samples that begin at
 * {@code at}.
 */
@SuppressWarnings("ArrayRecordComponent") // a window on a buffer; never compared
record Planes(float[] pixels, int at, int height, int width) {
    /** The samples of one plane. */
    int plane() {
        return height * width;
    }

    /** One past the last sample. */
    int end() {
        return at + 3 * plane();
    }

    /** A copy of the picture alone. */
    float[] copy() {
        return Arrays.copyOfRange(pixels, at, end());
    }

    static float clamp(float value) {
        return Math.min(1, Math.max(0, value));
    }
}
