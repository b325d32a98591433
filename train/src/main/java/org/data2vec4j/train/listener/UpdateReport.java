package org.data2vec4j.train.listener;

import java.util.List;

/**
 * What one optimiser update did.
 *
 * @param update number of updates done so far, this one included (1-based)
 * @param updates updates in the whole run
 * @param epoch passes over the data finished before this update's batch
 * @param samples images (or clips, or sentences) in this update
 * @param seconds wall-clock seconds this update took, waiting for data included
 * @param elapsed wall-clock seconds of training since the run first began, resumed parts included, evaluation excluded
 * @param metrics losses, diagnostics and schedules of this update; empty for updates that are not logged
 */
public record UpdateReport(
        long update, long updates, int epoch, int samples, double seconds, double elapsed, List<Metric> metrics) {}
