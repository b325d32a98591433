package org.data2vec4j.lab.bench;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.data2vec4j.tensor.OperatorProfile;
import org.data2vec4j.train.PhaseClock;

/**
 * Where the time of the operators of an update goes: the mean of a few updates, which are not the timed ones, since observing
 * costs time.
 */
final class OperatorTimes {
    /** Observed updates. */
    static final int UPDATES = 3;

    private OperatorTimes() {}

    /** Each operator's share of one update, those that take longest first. */
    static List<OperatorProfile.Row> of(Function<PhaseClock, IntConsumer> updates) {
        try (OperatorProfile profile = OperatorProfile.open()) {
            IntConsumer update = updates.apply(new PhaseClock() {
                @Override
                public void start() {
                    profile.lap();
                }

                @Override
                public void end(String phase) {
                    profile.lap();
                }
            });
            update.accept(0);
            profile.clear();
            for (int i = 1; i <= UPDATES; i++) {
                update.accept(i);
            }
            return profile.rows().stream()
                    .map(row -> new OperatorProfile.Row(
                            row.operator(),
                            row.place(),
                            row.shape(),
                            row.calls() / UPDATES,
                            row.forwardMs() / UPDATES,
                            row.backwardMs() / UPDATES))
                    .toList();
        }
    }
}
