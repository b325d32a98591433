package org.data2vec4j.lab.ablate;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
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
        if ((updates == null) == (minutes == null)) {
            throw new UserException("budget has " + (updates == null ? "neither" : "both")
                    + " updates and minutes; give exactly one, as in budget: {updates: 300}");
        }
        if (updates != null) {
            Check.that(updates >= 1, "budget.updates is " + updates + "; allowed: 1 or more");
        }
        if (minutes != null) {
            Check.inRange("budget.minutes", minutes.doubleValue(), 0.001, 1e6);
        }
    }

    /** For a table's head, such as {@code 300 updates}. */
    String label() {
        return updates == null ? minutes + " minutes" : updates + " updates";
    }
}
