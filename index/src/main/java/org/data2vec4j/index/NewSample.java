package org.data2vec4j.index;

import org.jspecify.annotations.Nullable;

/**
 * A sample to be put into an index. One of the same name is replaced.
 *
 * @param name by which a user finds it
 * @param label its class; null if unknown
 * @param hash of the content of its file
 * @param bytes the size of its file
 * @param words a few words to show
 * @param picture a small PNG file; empty if there is none
 * @param vector as the model gives it
 */
@SuppressWarnings("ArrayRecordComponent") // buffers on their way to the disk; never compared
public record NewSample(
        String name, @Nullable String label, String hash, long bytes, String words, byte[] picture, float[] vector) {}
