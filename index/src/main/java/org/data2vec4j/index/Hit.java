package org.data2vec4j.index;

/**
 * A sample that a search found.
 *
 * @param score cosine similarity to what was searched for, -1 to 1
 * @param sample which one
 */
public record Hit(float score, IndexedSample sample) {}
