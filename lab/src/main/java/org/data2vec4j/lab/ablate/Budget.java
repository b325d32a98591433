package org.data2vec4j.lab.ablate;

import org.data2vec4j.core.Check;
import org.jspecify.annotations.Nullable;

/**
 * How long each cell trains; exactly one is given.
 *
 * @param updates updates, the same for every variation
 * @param minutes training time: as many updates of a variation as fit, by the time of a few, and so not the same on every machine
 */
public record Budget(@Nullable Long updates, @Nullable Double minutes) {
    /** Checks the ranges. */
    public Budget {
        if (updates != null) {
            Check.positive("updates", updates);
        }
        if (minutes != null) {
            Check.inRange("minutes", minutes.doubleValue(), 0.001, 1e6);
        }
        Check.setting(
                (updates == null) != (minutes == null),
                "updates",
                "and minutes are both " + (updates == null ? "missing" : "given")
                        + "; give exactly one, as in budget: {updates: 300}");
    }

    /** For a table's head, such as {@code 300 updates}. */
    String label() {
        return updates == null ? minutes + " minutes" : updates + " updates";
    }
}
