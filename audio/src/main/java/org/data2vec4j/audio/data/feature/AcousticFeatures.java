package org.data2vec4j.audio.data.feature;

/** {@code frames} rows of {@code width} numbers, one after the other in {@code values}. */
@SuppressWarnings("ArrayRecordComponent") // a buffer; never compared
public record AcousticFeatures(int frames, int width, float[] values) {
    /** Refuses arrays of another length. */
    public AcousticFeatures {
        if (values.length != (long) frames * width) {
            throw new IllegalArgumentException(frames + "x" + width + " features in an array of " + values.length);
        }
    }
}
