package org.data2vec4j.audio.ctc;

import java.util.List;

/** Decides which letters may follow which, and what they cost beyond their sound. Implementations are immutable. */
interface PrefixScorer {
    /** Before the first letter. */
    Reading start();

    /** The readings after one more letter or boundary: none if it may not follow, several if it ends a spelling of several words. */
    List<Reading> extend(Reading reading, int letter);

    /** The readings if the utterance ends here; none if it cannot, in the middle of a word. */
    List<Reading> finish(Reading reading);

    /** The most that one letter can add to a score, so that hopeless extensions need not be made; log-probabilities add nothing. */
    double mostBonus();
}
