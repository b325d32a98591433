package org.data2vec4j.audio.ctc;

import java.util.List;
import org.data2vec4j.audio.lm.LanguageModel;
import org.data2vec4j.audio.lm.State;

/**
 * Any letters may follow any; each letter and each boundary is scored by a model whose words are letters. The word score is added
 * for each first letter after a boundary, the unknown-word score for each letter that the model does not list.
 *
 * @param vocabulary how letters are written
 * @param model a model over letters and {@code |}
 * @param weights how much each part counts
 */
record LetterScorer(LetterVocabulary vocabulary, LanguageModel model, ScoreWeights weights) implements PrefixScorer {
    @Override
    public Reading start() {
        return new Reading(0, model.start(), Lexicon.ROOT, null, null);
    }

    @Override
    public List<Reading> extend(Reading reading, int letter) {
        String text = vocabulary.symbols().get(letter);
        LanguageModel.Scored scored = model.score(state(reading), text);
        boolean boundary = letter == vocabulary.boundary();
        double bonus = weights.language() * scored.logProbability()
                + (scored.known() ? 0 : weights.unknownWord())
                + (boundary ? weights.silence() : reading.open() == null ? weights.word() : 0);
        // One link is enough to know that a word is open.
        Reading.Chain open = boundary ? null : new Reading.Chain(null, text);
        return List.of(new Reading(reading.score() + bonus, scored.next(), Lexicon.ROOT, open, null));
    }

    @Override
    public double mostBonus() {
        return weights.mostBonus();
    }

    @Override
    public List<Reading> finish(Reading reading) {
        return List.of(reading.plus(weights.language() * model.end(state(reading))));
    }

    private static State state(Reading reading) {
        State state = reading.state();
        if (state == null) {
            throw new IllegalStateException("a reading of another scorer");
        }
        return state;
    }
}
