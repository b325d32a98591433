package org.data2vec4j.train;

import java.util.List;
import org.data2vec4j.train.listener.Metric;

/**
 * What one update did, as plain numbers.
 *
 * @param loss the loss
 * @param samples samples of its batches, of all processes
 * @param metrics loss, its terms, gradient norm, rate, decay, and diagnostics if it was observed
 */
public record StepReport(double loss, int samples, List<Metric> metrics) {}
