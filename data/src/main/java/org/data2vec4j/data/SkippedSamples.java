package org.data2vec4j.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The distinct samples that were passed over, in the order met; the first ones are told to a listener as they are met. */
public final class SkippedSamples {
    private static final int TOLD = 20;

    private final String things;
    private final Consumer<String> warnings;
    private final Set<Integer> known = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();

    /** None yet; {@code things} is what samples are called in the last message, such as "images". */
    public SkippedSamples(String things, Consumer<String> warnings) {
        this.things = things;
        this.warnings = warnings;
    }

    /** Notes a sample, unless it was noted before; {@code complaint} gives its name and the reason. */
    public void add(int sample, IntFunction<String> complaint) {
        if (!known.add(sample)) {
            return;
        }
        String said = complaint.apply(sample);
        complaints.add(said);
        if (complaints.size() <= TOLD) {
            warnings.accept("skipped " + said);
        } else if (complaints.size() == TOLD + 1) {
            warnings.accept(
                    "skipped more " + things + " than these " + TOLD + "; the others are counted, but not named here");
        }
    }

    /** Names and reasons. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }
}
