package org.data2vec4j.index;

import org.jspecify.annotations.Nullable;

/**
 * What an index knows of a sample besides its vector.
 *
 * @param id its number, which no other sample of the index gets, also after it is removed
 * @param name by which a user finds it: a path, {@code shard!entry} or {@code file:line}
 * @param label its class; null if unknown
 * @param hash of the content of its file
 * @param bytes the size of its file
 * @param words a few words to show: what is written or said, or its file's name
 */
public record IndexedSample(long id, String name, @Nullable String label, String hash, long bytes, String words) {}
