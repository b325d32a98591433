package org.data2vec4j.audio.ctc;

import java.util.List;

/**
 * One reading of an utterance.
 *
 * @param text its words with single spaces between them
 * @param letters the letters and boundaries, in order, each with the frames that emit it in the labelling's best alignment
 * @param words the words with their frames
 * @param score what hypotheses are ranked by: acoustic plus language
 * @param acoustic natural logarithm of the labelling's probability, over the alignments that the beam kept
 * @param language weighted language model, word insertion and silence scores
 * @param complete false if the last word was no word of the lexicon and has been cut off {@code text} and {@code words}
 */
public record Hypothesis(
        String text,
        List<ForcedAlignment.Span> letters,
        List<Word> words,
        double score,
        double acoustic,
        double language,
        boolean complete) {
    /**
     * A word and its frames.
     *
     * @param text the word
     * @param firstFrame the first frame of its first letter
     * @param lastFrame the last frame of its last letter
     */
    public record Word(String text, int firstFrame, int lastFrame) {}

    /** Copies the lists. */
    public Hypothesis {
        letters = List.copyOf(letters);
        words = List.copyOf(words);
    }

    /** The labelling, as indices in the vocabulary. */
    public int[] labelling() {
        return letters.stream().mapToInt(ForcedAlignment.Span::letter).toArray();
    }
}
