package org.data2vec4j.lab.trial;

import java.util.List;
import org.data2vec4j.core.UserException;

/**
 * What is measured of each trained run.
 *
 * @param score the score of the table; both are kept
 * @param weights the encoder, such as {@code student}; {@link #FIRST} for the method's first, what the loss trains; {@link #LAST} for
 *     its last, the teacher where there is one
 * @param settings words that {@code d2v knn} takes, such as {@code bank=5000}; for recordings and text {@code data=} and {@code test=}
 */
public record Measure(Score score, String weights, List<String> settings) {
    /** The encoder that every method has first: the student, or the only one. */
    public static final String FIRST = "first";

    /** The encoder that a method has last: the teacher, or the only one. */
    public static final String LAST = "last";

    /** What is measured. */
    public enum Score {
        /** The vote of nearest neighbours. */
        KNN("k-NN"),
        /** The linear probe. */
        PROBE("linear probe");

        private final String label;

        Score(String label) {
            this.label = label;
        }

        /** Its name in tables. */
        public String label() {
            return label;
        }
    }

    /** Copies the list. */
    public Measure {
        settings = List.copyOf(settings);
    }

    /**
     * Where {@code weights} stands among a method's encoders.
     *
     * @param names theirs, in order
     * @throws UserException naming them if it is none
     */
    public static int place(String weights, List<String> names) {
        int place = switch (weights) {
            case FIRST -> 0;
            case LAST -> names.size() - 1;
            default -> names.indexOf(weights);
        };
        if (place < 0) {
            throw new UserException("measure.weights is '" + weights + "'; allowed: " + String.join(", ", names) + ", "
                    + FIRST + ", " + LAST);
        }
        return place;
    }

    /** k-NN of the teacher. */
    public static Measure defaults() {
        return new Measure(Score.KNN, LAST, List.of());
    }
}
