package org.data2vec4j.audio.ctc;

import org.data2vec4j.audio.lm.LanguageModel;
import org.data2vec4j.audio.lm.State;
import org.jspecify.annotations.Nullable;

/**
 * What a finished word and the end of an utterance score.
 *
 * @param model scores words, or null
 * @param weights how much each part counts
 */
record WordRule(@Nullable LanguageModel model, ScoreWeights weights) {
    Reading start() {
        return new Reading(0, model == null ? null : model.start(), Lexicon.ROOT, null, null);
    }

    /** The reading after a word. */
    Reading word(Reading reading, String word, Reading.@Nullable Chain words) {
        double bonus = weights.word();
        State next = null;
        if (model != null && reading.state() != null) {
            LanguageModel.Scored scored = model.score(reading.state(), word);
            bonus += weights.language() * scored.logProbability() + (scored.known() ? 0 : weights.unknownWord());
            next = scored.next();
        }
        return new Reading(reading.score() + bonus, next, Lexicon.ROOT, null, words);
    }

    Reading silence(Reading reading) {
        return reading.plus(weights.silence());
    }

    Reading end(Reading reading) {
        return model == null || reading.state() == null
                ? reading
                : reading.plus(weights.language() * model.end(reading.state()));
    }
}
