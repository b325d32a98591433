package org.data2vec4j.lab.race;

import org.data2vec4j.core.Check;

/**
 * How long each competitor trains by each seed, in seconds of training; nothing else counts.
 *
 * @param seconds about all of it: they become a number of updates by the time of a few, which are all made
 * @param slice how long one trains before the next takes its turn
 * @param evaluate about how long between two measurements
 */
public record RaceBudget(double seconds, double slice, double evaluate) {
    private static final double MOST = 1e8;

    /** Checks the ranges. */
    public RaceBudget {
        Check.positive("seconds", seconds);
        Check.inRange("seconds", seconds, 0, MOST);
        Check.positive("slice", slice);
        Check.setting(
                slice <= seconds, "slice", "is " + slice + " but seconds is " + seconds + "; allowed: at most that");
        Check.positive("evaluate", evaluate);
        Check.setting(
                evaluate <= seconds,
                "evaluate",
                "is " + evaluate + " but seconds is " + seconds + "; allowed: at most that");
    }

    /** How many measurements: at equal numbers of updates from each other, the last at the end. */
    int points() {
        return (int) Math.max(1, Math.round(seconds / evaluate));
    }

    /** The updates after which point {@code point}, from 1 on, is measured. */
    long at(int point, long updates) {
        return Math.max(1, Math.round((double) updates * point / points()));
    }
}
