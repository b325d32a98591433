package org.data2vec4j.data;

import java.util.Arrays;

/**
 * Consecutive places of a sample order: place {@code i} is sample {@code samples[i]}, drawn as number {@code offsets[i]} of
 * epoch {@code epochs[i]}. The three arrays have one length.
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one thread to another once, never compared
public record SampleSlots(int[] samples, int[] epochs, int[] offsets) {
    /** The number of places. */
    public int count() {
        return samples.length;
    }

    /** A part of the places. */
    public SampleSlots of(Shard share) {
        int from = share.from(count());
        int to = share.to(count());
        return new SampleSlots(
                Arrays.copyOfRange(samples, from, to),
                Arrays.copyOfRange(epochs, from, to),
                Arrays.copyOfRange(offsets, from, to));
    }

    /** Where a loader goes on after place {@code slot}, in epochs of {@code epochSize} samples. */
    public LoaderPosition after(int slot, int epochSize) {
        int offset = offsets[slot] + 1;
        return offset < epochSize ? new LoaderPosition(epochs[slot], offset) : new LoaderPosition(epochs[slot] + 1, 0);
    }
}
