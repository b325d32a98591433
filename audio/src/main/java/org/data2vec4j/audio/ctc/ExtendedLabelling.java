package org.data2vec4j.audio.ctc;

import java.util.Arrays;

/** A labelling of L letters as 2L + 1 states, blank letter blank … letter blank (Graves et al. 2006, section 4.1). */
final class ExtendedLabelling {
    private final int[] letters;
    private final int blank;

    ExtendedLabelling(int[] letters, int blank) {
        this.letters = letters;
        this.blank = blank;
    }

    /** The number of states, 2L + 1. */
    int size() {
        return 2 * letters.length + 1;
    }

    boolean isLetter(int state) {
        return state % 2 == 1;
    }

    /** The symbol a state emits. */
    int symbol(int state) {
        return isLetter(state) ? letters[state / 2] : blank;
    }

    /** Whether a path may come to {@code state} from the one {@code back} (0, 1 or 2) before it. */
    boolean reaches(int state, int back) {
        if (back < 2) {
            return state >= back;
        }
        return state >= 2 && isLetter(state) && symbol(state) != symbol(state - 2);
    }

    /** Log-probabilities of the states after the first frame: a path begins with the first blank or the first letter. */
    double[] first(float[] frame) {
        double[] scores = new double[size()];
        Arrays.fill(scores, LogSpace.ZERO);
        scores[0] = frame[blank];
        if (scores.length > 1) {
            scores[1] = frame[symbol(1)];
        }
        return scores;
    }
}
