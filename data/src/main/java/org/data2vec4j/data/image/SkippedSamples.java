package org.data2vec4j.data.image;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The distinct samples that were passed over, in the order met; the first ones are told to a listener as they are met. */
final class SkippedSamples {
    private static final int TOLD = 20;

    private final Consumer<String> warnings;
    private final Set<Integer> known = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();

    SkippedSamples(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    void add(int sample, SampleReader reader) {
        if (!known.add(sample)) {
            return;
        }
        String complaint = reader.complaint(sample);
        complaints.add(complaint);
        if (complaints.size() <= TOLD) {
            warnings.accept("skipped " + complaint);
        } else if (complaints.size() == TOLD + 1) {
            warnings.accept("skipped more images than these " + TOLD + "; the others are counted, but not named here");
        }
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }
}
