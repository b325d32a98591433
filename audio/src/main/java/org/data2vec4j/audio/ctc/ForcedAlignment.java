package org.data2vec4j.audio.ctc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.data2vec4j.core.UserException;

/**
 * The most probable way a labelling lies on the frames (Viterbi over the labelling with blanks between its letters). Of paths of the
 * same probability the one that reaches each letter earliest is taken.
 *
 * @param logProbability natural logarithm of that one path's probability
 * @param letters the letters in order, each with the frames that emit it
 */
public record ForcedAlignment(double logProbability, List<Span> letters) {
    /**
     * A letter and its frames.
     *
     * @param letter index in the vocabulary
     * @param firstFrame the first frame that emits it
     * @param lastFrame the last, no blank and no other letter in between
     */
    public record Span(int letter, int firstFrame, int lastFrame) {}

    /** Copies the list. */
    public ForcedAlignment {
        letters = List.copyOf(letters);
    }

    /** The fewest frames a labelling fits on: one a letter, and a blank between two that are the same. */
    public static int framesNeeded(int[] letters) {
        int frames = letters.length;
        for (int i = 1; i < letters.length; i++) {
            frames += letters[i] == letters[i - 1] ? 1 : 0;
        }
        return frames;
    }

    /**
     * Aligns a labelling.
     *
     * @param logProbabilities natural logarithms [T][V]
     * @throws UserException if the labelling needs more frames than there are, or has probability zero
     */
    public static ForcedAlignment of(float[][] logProbabilities, int[] letters, int blank) {
        int frames = logProbabilities.length;
        if (frames > 0) {
            Emissions.check(logProbabilities, logProbabilities[0].length);
            Emissions.checkLetters(letters, blank, logProbabilities[0].length);
        }
        if (framesNeeded(letters) > frames) {
            throw new UserException("a transcript of " + letters.length + " letters needs " + framesNeeded(letters)
                    + " frames, but the utterance has " + frames + "; check that audio and transcript belong together");
        }
        if (frames == 0) {
            return new ForcedAlignment(0, List.of());
        }
        ExtendedLabelling states = new ExtendedLabelling(letters, blank);
        byte[][] steps = new byte[frames][states.size()]; // how far back the best predecessor is: 0, 1 or 2 states
        double[] scores = states.first(logProbabilities[0]);
        for (int t = 1; t < frames; t++) {
            double[] next = new double[states.size()];
            for (int s = 0; s < next.length; s++) {
                int best = 0;
                for (int back = 1; back <= 2; back++) {
                    if (states.reaches(s, back) && scores[s - back] > scores[s - best]) {
                        best = back;
                    }
                }
                steps[t][s] = (byte) best;
                next[s] = scores[s - best] + logProbabilities[t][states.symbol(s)];
            }
            scores = next;
        }
        int last = scores.length - 1;
        int end = last > 0 && scores[last - 1] > scores[last] ? last - 1 : last;
        if (scores[end] == LogSpace.ZERO) {
            throw new UserException("the transcript has probability zero under the model, so it lies nowhere");
        }
        return new ForcedAlignment(scores[end], spans(steps, end, states));
    }

    private static List<Span> spans(byte[][] steps, int end, ExtendedLabelling states) {
        List<Span> spans = new ArrayList<>();
        int state = end;
        int lastFrame = steps.length - 1;
        for (int t = steps.length - 1; t >= 0; t--) {
            boolean enters = t == 0 || steps[t][state] > 0;
            if (enters) {
                if (states.isLetter(state)) {
                    spans.add(new Span(states.symbol(state), t, lastFrame));
                }
                state -= steps[t][state];
                lastFrame = t - 1;
            }
        }
        Collections.reverse(spans);
        return spans;
    }
}
