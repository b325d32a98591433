package org.data2vec4j.text.tokenizer;

/** Two neighbouring tokens become one; a merge's place in its list is its rank, and the lowest rank is applied first. */
public record Merge(int left, int right, int merged) {}
