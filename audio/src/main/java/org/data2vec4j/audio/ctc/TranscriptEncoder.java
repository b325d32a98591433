package org.data2vec4j.audio.ctc;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Transcripts to labellings: letters, a boundary between words, and a boundary at the end if the model was trained so (fairseq's
 * {@code .ltr} files have one). Any run of white space, and {@code |} itself, parts words. Not thread-safe: it counts what it skips.
 */
public final class TranscriptEncoder {
    /** What happens to a transcript with a character outside the vocabulary. */
    public enum Unknown {
        /** An error that names the utterance and the characters. */
        REJECT,
        /** The utterance is left out and counted. */
        SKIP
    }

    /** Whether the last word is followed by a boundary. */
    public enum End {
        /** As in fairseq's letter files. */
        BOUNDARY,
        /** As in most others. */
        LETTER
    }

    private final LetterVocabulary vocabulary;
    private final Unknown unknown;
    private final End end;
    private final TreeMap<String, Integer> characters = new TreeMap<>();
    private int skipped;

    /** An encoder that has skipped nothing yet. */
    public TranscriptEncoder(LetterVocabulary vocabulary, Unknown unknown, End end) {
        this.vocabulary = vocabulary;
        this.unknown = unknown;
        this.end = end;
    }

    /**
     * The labelling of an utterance's transcript, or null if it is skipped; empty for a transcript without letters.
     *
     * @throws UserException naming the utterance and the characters outside the vocabulary, if such are to be rejected
     */
    public int @Nullable [] encode(String utterance, String transcript) {
        List<String> missing = vocabulary.missing(transcript);
        if (!missing.isEmpty()) {
            if (unknown == Unknown.REJECT) {
                throw new UserException("utterance " + utterance + " has characters outside the letter vocabulary: "
                        + missing.stream().map(TranscriptEncoder::shown).collect(Collectors.joining(", "))
                        + "; mend the transcript, or skip such utterances");
            }
            skipped++;
            missing.forEach(character -> characters.merge(character, 1, Integer::sum));
            return null;
        }
        return letters(transcript);
    }

    /** How many utterances were skipped. */
    public int skipped() {
        return skipped;
    }

    /** One line: how many utterances were skipped and which characters were in how many of them; empty if none was. */
    public String report() {
        if (skipped == 0) {
            return "";
        }
        return skipped + " utterance" + (skipped == 1 ? "" : "s")
                + " skipped for characters outside the letter vocabulary: "
                + characters.entrySet().stream()
                        .map(e -> shown(e.getKey()) + " in " + e.getValue())
                        .collect(Collectors.joining(", "));
    }

    private int[] letters(String transcript) {
        String[] words = LetterVocabulary.normal(transcript)
                .codePoints()
                .mapToObj(c -> LetterVocabulary.isSpace(c) ? LetterVocabulary.BOUNDARY : Character.toString(c))
                .collect(Collectors.joining())
                .split("\\|+", -1);
        StringBuilder joined = new StringBuilder();
        for (String word : words) {
            if (!word.isEmpty()) {
                joined.append(joined.isEmpty() ? "" : LetterVocabulary.BOUNDARY).append(word);
            }
        }
        if (end == End.BOUNDARY && !joined.isEmpty()) {
            joined.append(LetterVocabulary.BOUNDARY);
        }
        return joined.codePoints()
                .map(c -> vocabulary.index(Character.toString(c)))
                .toArray();
    }

    private static String shown(String character) {
        return String.format(Locale.ROOT, "'%s' (U+%04X)", character, character.codePointAt(0));
    }
}
