package org.data2vec4j.text.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What was passed over, counted; the first ones are kept by name and told to a listener as they are met. Not thread-safe. */
public final class SkippedText {
    private static final int TOLD = 20;

    private final Consumer<String> warnings;
    private final List<String> complaints = new ArrayList<>();
    private int count;

    /** Nothing yet; {@code warnings} is told of the first twenty. */
    public SkippedText(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** Counts one; {@code complaint} begins with the file, and the line if there is one. */
    public void add(String complaint) {
        count++;
        if (count <= TOLD) {
            complaints.add(complaint);
            warnings.accept("skipped " + complaint);
        } else if (count == TOLD + 1) {
            warnings.accept("skipped more than these " + TOLD + "; the others are counted, but not named here");
        }
    }

    /** Tells something that is no skipped text. */
    public void note(String line) {
        warnings.accept(line);
    }

    /** How many. */
    public int count() {
        return count;
    }

    /** The first twenty, in the order met. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }
}
