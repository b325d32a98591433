package org.data2vec4j.report;

/**
 * One neighbour of a sample.
 *
 * @param image the neighbour
 * @param label its class; may be empty
 * @param similarity cosine similarity of the features
 * @param sameClass whether it is of the query's class
 */
public record Neighbour(Picture image, String label, double similarity, boolean sameClass) {}
