package org.data2vec4j.audio.ctc;

import java.util.ArrayList;
import java.util.List;

/**
 * The single best path: the most probable symbol of every frame (the lowest index of equals), runs made one, blanks dropped (Graves
 * et al. 2006, section 3.2). Symbols that never stand in text are not considered. Score and acoustic are that path's log-probability.
 */
public final class GreedyDecoder {
    private final LetterVocabulary vocabulary;

    /** A decoder for emissions over a vocabulary. */
    public GreedyDecoder(LetterVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Reads emissions [T][V], natural logarithms; no frames read as no text. */
    public Hypothesis decode(float[][] logProbabilities) {
        Emissions.check(logProbabilities, vocabulary.size());
        List<ForcedAlignment.Span> letters = new ArrayList<>();
        double score = 0;
        int previous = vocabulary.blank();
        for (int t = 0; t < logProbabilities.length; t++) {
            int symbol = best(logProbabilities[t]);
            score += logProbabilities[t][symbol];
            if (symbol != vocabulary.blank()) {
                int first = t;
                if (symbol == previous) {
                    first = letters.remove(letters.size() - 1).firstFrame();
                }
                letters.add(new ForcedAlignment.Span(symbol, first, t));
            }
            previous = symbol;
        }
        int[] labelling =
                letters.stream().mapToInt(ForcedAlignment.Span::letter).toArray();
        return new Hypothesis(
                vocabulary.text(labelling), letters, WordTimes.spelled(letters, vocabulary), score, score, 0, true);
    }

    private int best(float[] frame) {
        int best = vocabulary.blank();
        for (int v = 0; v < frame.length; v++) {
            if (vocabulary.isText(v) && (frame[v] > frame[best] || (frame[v] == frame[best] && v < best))) {
                best = v;
            }
        }
        return best;
    }
}
