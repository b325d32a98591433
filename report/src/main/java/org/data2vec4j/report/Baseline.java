package org.data2vec4j.report;

/**
 * A value that a curve is measured against, drawn as a dashed horizontal.
 *
 * @param name what reaches it
 * @param value the value
 */
record Baseline(String name, double value) {}
