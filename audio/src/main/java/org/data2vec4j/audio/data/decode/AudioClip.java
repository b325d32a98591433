package org.data2vec4j.audio.data.decode;

/**
 * A recording of one channel: finite samples, full scale ±1 (louder ones are kept as they are), at {@code sampleRate} Hz. The
 * array is shared, not copied: whoever holds a clip must not write to it.
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer; never compared
public record AudioClip(float[] samples, int sampleRate) {
    /** Refuses rates below 1 Hz. */
    public AudioClip {
        if (sampleRate < 1) {
            throw new IllegalArgumentException("a sample rate of " + sampleRate + " Hz");
        }
    }

    /** The duration in seconds. */
    public double seconds() {
        return samples.length / (double) sampleRate;
    }
}
