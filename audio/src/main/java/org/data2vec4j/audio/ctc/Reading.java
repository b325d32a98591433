package org.data2vec4j.audio.ctc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.data2vec4j.audio.lm.State;
import org.jspecify.annotations.Nullable;

/**
 * What a scorer knows of a sequence of letters, apart from how they sound.
 *
 * @param score weighted scores so far
 * @param state the language model's state, or null without one
 * @param node the place in the lexicon, or its root without one
 * @param open the letters since the last boundary, last first, or null if there are none or nobody needs them
 * @param words the words said, last first, or null if there are none or the letters spell them
 */
record Reading(
        double score,
        @Nullable State state,
        int node,
        @Nullable Chain open,
        @Nullable Chain words) {
    /** A list that grows at its end and shares its beginning. */
    record Chain(@Nullable Chain before, String item) {
        static List<String> list(@Nullable Chain last) {
            List<String> items = new ArrayList<>();
            for (Chain at = last; at != null; at = at.before()) {
                items.add(at.item());
            }
            Collections.reverse(items);
            return items;
        }
    }

    Reading plus(double bonus) {
        return new Reading(score + bonus, state, node, open, words);
    }

    Reading at(int place) {
        return new Reading(score, state, place, open, words);
    }

    Reading spelling(String letter) {
        return new Reading(score, state, node, new Chain(open, letter), words);
    }
}
