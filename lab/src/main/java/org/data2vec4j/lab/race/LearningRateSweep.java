package org.data2vec4j.lab.race;

import java.util.HashSet;
import java.util.List;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.SettingException;
import org.jspecify.annotations.Nullable;

/**
 * Short runs before the race that find each competitor's learning rate, by the race's own score and first seed. The score alone
 * judges: no guard against collapse looks at runs so short. Exactly one of {@code updates} and {@code seconds} is given.
 *
 * @param updates of each run
 * @param seconds of training of each run, as the race's seconds are
 * @param learningRates those tried for every competitor
 */
public record LearningRateSweep(
        @Nullable Long updates, @Nullable Double seconds, List<Double> learningRates) {
    /** Checks the ranges. */
    public LearningRateSweep {
        learningRates = List.copyOf(learningRates);
        if (updates != null) {
            Check.positive("updates", updates);
        }
        if (seconds != null) {
            Check.positive("seconds", seconds.doubleValue());
        }
        Check.setting(
                (updates == null) != (seconds == null),
                "updates",
                "and seconds are both " + (updates == null ? "missing" : "given")
                        + "; give exactly one, as in sweep: {seconds: 60, learning_rates: [5.0e-4, 1.0e-3]}");
        learningRates.forEach(rate -> Check.positive("learning_rates", rate.doubleValue()));
        if (learningRates.isEmpty() || new HashSet<>(learningRates).size() < learningRates.size()) {
            throw new SettingException("learning_rates", "is " + learningRates + "; allowed: one or more, none twice");
        }
    }

    /** The updates of a run whose updates take so many seconds. */
    long updates(double secondsPerUpdate) {
        return updates != null ? updates : Math.max(1, Math.round((seconds == null ? 0 : seconds) / secondsPerUpdate));
    }

    /** For a table's head, such as {@code 60 seconds}. */
    String label() {
        return updates == null ? RaceText.number(seconds == null ? 0 : seconds) + " seconds" : updates + " updates";
    }
}
