package org.data2vec4j.model.task;

import org.data2vec4j.core.Check;

/**
 * Spans of time and of channels that are hidden while a task is learned (Park et al., SpecAugment, arXiv 1904.08779, as wav2vec 2.0
 * applies it to tokens).
 *
 * @param time the share of positions at which a hidden span begins, times {@code timeLength}: spans overlap, so that less is hidden
 * @param timeLength positions of a span
 * @param channels the share of channels at which a hidden span begins, times {@code channelLength}
 * @param channelLength channels of a span
 */
public record TokenMaskConfig(double time, int timeLength, double channels, int channelLength) {
    /** Checks the ranges. */
    public TokenMaskConfig {
        Check.inRange("time", time, 0, 1);
        Check.inRange("time_length", timeLength, 1, 100_000);
        Check.inRange("channels", channels, 0, 1);
        Check.inRange("channel_length", channelLength, 1, 100_000);
    }

    /** Nothing is hidden. */
    public static TokenMaskConfig defaults() {
        return new TokenMaskConfig(0, 10, 0, 64);
    }

    /** Whether anything is hidden. */
    public boolean active() {
        return time > 0 || channels > 0;
    }
}
