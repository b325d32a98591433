package org.data2vec4j.train.listener;

/**
 * One measured number of a run. Names are paths such as {@code loss}, {@code loss/regression}, {@code target/variance},
 * {@code optimizer/learning_rate} or {@code eval/knn}; the part before the first slash groups curves on a page.
 */
public record Metric(String name, double value) {}
