package org.data2vec4j.audio.ctc;

import java.util.PriorityQueue;

/**
 * A score that a sequence must reach to survive a frame, found while the frame is being worked on: the n-th best of what is known of
 * different sequences so far, or the best less the threshold. It never exceeds the final cut, so skipping below it loses nothing.
 */
final class BeamFloor {
    private final PriorityQueue<Double> best = new PriorityQueue<>(); // the least first
    private final int beam;
    private final double threshold;
    private double floor = LogSpace.ZERO;

    BeamFloor(BeamConfig config) {
        this.beam = config.beam();
        this.threshold = config.threshold();
    }

    /** Learns that one more sequence scores at least this. */
    void add(double score) {
        floor = Math.max(floor, score - threshold);
        if (best.size() < beam) {
            best.add(score);
        } else if (score > best.element()) {
            best.remove();
            best.add(score);
        }
        if (best.size() == beam) {
            floor = Math.max(floor, best.element());
        }
    }

    /** Whether a sequence that scores at most this is lost. */
    boolean excludes(double score) {
        return score < floor;
    }
}
