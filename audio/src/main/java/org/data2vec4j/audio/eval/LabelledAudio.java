package org.data2vec4j.audio.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.core.UserException;

/**
 * Recordings with one class each.
 *
 * @param source the recordings
 * @param labels a class for each of them, −1 if unknown
 * @param classes the classes' names
 */
@SuppressWarnings("ArrayRecordComponent") // parallel to the source; never compared
public record LabelledAudio(AudioSource source, int[] labels, List<String> classes) {
    /** What recordings are told apart by. */
    public enum By {
        /** Their class: a word, a command. */
        LABEL,
        /** Who speaks. */
        SPEAKER
    }

    /**
     * The recordings of a source by what is known of them.
     *
     * @param known the classes to use, such as those of training data; empty for the source's own
     * @throws UserException if nothing is known, or a recording is of a class that is not {@code known}
     */
    public static LabelledAudio of(AudioSource source, By by, List<String> known) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            String speaker = source.speaker(i);
            int label = source.label(i);
            names.add(
                    by == By.SPEAKER
                            ? (speaker == null ? "" : speaker)
                            : label < 0 ? "" : source.classes().get(label));
        }
        List<String> classes = known.isEmpty()
                ? new TreeSet<>(names.stream().filter(name -> !name.isEmpty()).toList())
                        .stream().toList()
                : known;
        if (classes.size() < 2) {
            throw new UserException(
                    "the recordings (" + source.name(0) + " …) are of " + classes.size() + " classes by "
                            + (by == By.SPEAKER ? "speaker" : "label")
                            + "; it takes two or more: put them in class sub-folders,"
                            + " or say by labels=REGEX what their names tell");
        }
        int[] labels = new int[names.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = names.get(i).isEmpty() ? -1 : classes.indexOf(names.get(i));
            if (labels[i] < 0 && !names.get(i).isEmpty()) {
                throw new UserException("the test recording " + source.name(i) + " is of class '" + names.get(i)
                        + "', which the training data does not have; its classes: " + classes);
            }
        }
        return new LabelledAudio(source, labels, classes);
    }
}
