package org.data2vec4j.evaluation.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Errors of transcripts against references, summed over utterances: a corpus's rate is its errors over its reference tokens, not the
 * mean of the utterances' rates.
 *
 * @param substitutions tokens replaced
 * @param deletions tokens left out
 * @param insertions tokens too many
 * @param reference tokens in the references
 * @param utterances how many were compared
 * @param wrong how many of them have an error
 */
public record ErrorRate(
        long substitutions, long deletions, long insertions, long reference, long utterances, long wrong) {
    /** Of no utterances; where a sum begins. */
    public static final ErrorRate NONE = new ErrorRate(0, 0, 0, 0, 0, 0);

    /** Of one utterance by words, parted by white space; case and punctuation count. */
    public static ErrorRate words(String reference, String hypothesis) {
        return of(wordsOf(reference), wordsOf(hypothesis));
    }

    /** Of one utterance by characters (code points); a space between words is one character, those at the ends are none. */
    public static ErrorRate characters(String reference, String hypothesis) {
        return of(charactersOf(reference), charactersOf(hypothesis));
    }

    /** Of one utterance given as tokens. */
    public static ErrorRate of(List<?> reference, List<?> hypothesis) {
        EditAlignment alignment = EditAlignment.of(reference, hypothesis);
        return new ErrorRate(
                alignment.count(EditAlignment.Op.SUBSTITUTION),
                alignment.count(EditAlignment.Op.DELETION),
                alignment.count(EditAlignment.Op.INSERTION),
                reference.size(),
                1,
                alignment.distance() > 0 ? 1 : 0);
    }

    /** Both together. */
    public ErrorRate plus(ErrorRate other) {
        return new ErrorRate(
                substitutions + other.substitutions,
                deletions + other.deletions,
                insertions + other.insertions,
                reference + other.reference,
                utterances + other.utterances,
                wrong + other.wrong);
    }

    /** All edits. */
    public long errors() {
        return substitutions + deletions + insertions;
    }

    /** Errors per reference token, above 1 if there are more; 0 without either, infinite for errors against empty references. */
    public double rate() {
        return errors() == 0 ? 0 : errors() / (double) reference;
    }

    /** The share of utterances with an error; NaN if there was no utterance. */
    public double wrongShare() {
        return wrong / (double) utterances;
    }

    /** The words of a text: what stands between white space. */
    public static List<String> wordsOf(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The characters of a text, white space made single spaces. */
    public static List<String> charactersOf(String text) {
        return String.join(" ", wordsOf(text))
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
    }
}
