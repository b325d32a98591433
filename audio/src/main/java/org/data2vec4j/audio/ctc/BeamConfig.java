package org.data2vec4j.audio.ctc;

import org.data2vec4j.core.Check;

/**
 * How much of the search is kept. What is cut is lost: small values are fast and may miss the best reading.
 *
 * @param beam how many readings survive a frame
 * @param threshold readings worse than the best by more than this, in nats, do not survive
 * @param tokens how many symbols of a frame may extend a reading, the most probable first
 * @param tokenThreshold symbols less probable than the frame's best by more than this, in nats, extend nothing
 * @param best how many readings are returned at most
 */
public record BeamConfig(int beam, double threshold, int tokens, double tokenThreshold, int best) {
    /** Checks the ranges. */
    public BeamConfig {
        Check.positive("beam", beam);
        Check.setting(threshold > 0, "threshold", "is " + threshold + "; allowed: above 0, .inf for none");
        Check.positive("tokens", tokens);
        Check.setting(
                tokenThreshold > 0, "token_threshold", "is " + tokenThreshold + "; allowed: above 0, .inf for none");
        Check.positive("best", best);
    }

    /** A beam of a size with mild pruning (25 nats, tokens within 15 nats), one reading returned. */
    public static BeamConfig ofSize(int beam) {
        return new BeamConfig(beam, 25, Integer.MAX_VALUE, 15, 1);
    }

    /** Nothing is cut, for tiny inputs: the search is exact. */
    public static BeamConfig unbounded(int best) {
        return new BeamConfig(
                Integer.MAX_VALUE, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, Double.POSITIVE_INFINITY, best);
    }
}
