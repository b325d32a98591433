package org.data2vec4j.audio.ctc;

import java.util.List;

/**
 * Only words of a lexicon, each followed by a boundary or by the end; boundaries before, after and in a row are silence. A spelling
 * of several words is read as each of them.
 *
 * @param vocabulary how letters are written
 * @param lexicon the words
 * @param rule what words score
 */
record LexiconScorer(LetterVocabulary vocabulary, Lexicon lexicon, WordRule rule) implements PrefixScorer {
    @Override
    public Reading start() {
        return rule.start();
    }

    @Override
    public List<Reading> extend(Reading reading, int letter) {
        if (letter == vocabulary.boundary()) {
            return closed(reading).stream().map(rule::silence).toList();
        }
        int child = lexicon.child(reading.node(), letter);
        return child < 0 ? List.of() : List.of(reading.at(child));
    }

    @Override
    public double mostBonus() {
        return rule.weights().mostBonus();
    }

    @Override
    public List<Reading> finish(Reading reading) {
        return closed(reading).stream().map(rule::end).toList();
    }

    private List<Reading> closed(Reading reading) {
        if (reading.node() == Lexicon.ROOT) {
            return List.of(reading);
        }
        return lexicon.words(reading.node()).stream()
                .map(word -> rule.word(reading, word, new Reading.Chain(reading.words(), word)))
                .toList();
    }
}
