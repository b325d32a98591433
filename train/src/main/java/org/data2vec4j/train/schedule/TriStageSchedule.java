package org.data2vec4j.train.schedule;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;

/**
 * Three stages by shares of the run: a line from {@code initialScale} to the peak, the peak held, then exponential decay that
 * reaches {@code finalScale} at the last update (SpecAugment, Park et al., arXiv 1904.08779, section 4.2; wav2vec 2.0 and data2vec
 * for speech).
 *
 * @param warmupShare share of the updates that warm up, 0 to 1
 * @param holdShare share of the updates at the peak, 0 to 1; with {@code warmupShare} at most 1, the rest decays
 * @param initialScale share of the peak rate the warm-up starts from, 0 to 1
 * @param finalScale share of the peak rate at the end, above 0 and at most 1
 */
@Kind("tri_stage")
public record TriStageSchedule(double warmupShare, double holdShare, double initialScale, double finalScale)
        implements Schedule {
    private static final double SLACK = 1e-9; // shares are decimals: 0.1 + 0.9 may be a rounding above 1

    /** Throws a {@link org.data2vec4j.core.UserException} naming the field and its legal range. */
    public TriStageSchedule {
        Check.inRange("warmup_share", warmupShare, 0, 1);
        Check.inRange("hold_share", holdShare, 0, 1);
        Check.setting(
                warmupShare + holdShare <= 1 + SLACK,
                "hold_share",
                "is " + holdShare + " and warmup_share " + warmupShare + "; allowed: together up to 1");
        Check.inRange("initial_scale", initialScale, 0, 1);
        Check.setting(
                finalScale > 0 && finalScale <= 1, "final_scale", "is " + finalScale + "; allowed: above 0, up to 1");
    }

    @Override
    public double factor(long update, long updates) {
        long n = SchedulePhase.done(update, updates);
        long warmup = (long) (updates * warmupShare + SLACK);
        long hold = (long) (updates * holdShare + SLACK);
        if (n <= warmup) {
            return initialScale + (1 - initialScale) * n / warmup;
        }
        if (n <= warmup + hold) {
            return 1;
        }
        return StrictMath.pow(finalScale, SchedulePhase.progress(n, warmup + hold, updates));
    }
}
