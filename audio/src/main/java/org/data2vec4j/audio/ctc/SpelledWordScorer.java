package org.data2vec4j.audio.ctc;

import java.util.List;

/**
 * Any letters may follow any; the letters between boundaries are a word, scored when it is finished. Several boundaries in a row are
 * one longer silence.
 *
 * @param vocabulary how letters are written
 * @param rule what words score
 */
record SpelledWordScorer(LetterVocabulary vocabulary, WordRule rule) implements PrefixScorer {
    @Override
    public Reading start() {
        return rule.start();
    }

    @Override
    public List<Reading> extend(Reading reading, int letter) {
        return List.of(
                letter == vocabulary.boundary()
                        ? rule.silence(close(reading))
                        : reading.spelling(vocabulary.symbols().get(letter)));
    }

    @Override
    public double mostBonus() {
        return rule.weights().mostBonus();
    }

    @Override
    public List<Reading> finish(Reading reading) {
        return List.of(rule.end(close(reading)));
    }

    private Reading close(Reading reading) {
        return reading.open() == null
                ? reading
                : rule.word(reading, String.join("", Reading.Chain.list(reading.open())), null);
    }
}
