package org.data2vec4j.audio.ctc;

import java.util.ArrayList;
import java.util.List;

/** The words of aligned letters with their frames. */
final class WordTimes {
    private WordTimes() {}

    /** Words as the letters between boundaries spell them. */
    static List<Hypothesis.Word> spelled(List<ForcedAlignment.Span> letters, LetterVocabulary vocabulary) {
        List<Hypothesis.Word> words = new ArrayList<>();
        for (List<ForcedAlignment.Span> group : groups(letters, vocabulary)) {
            StringBuilder text = new StringBuilder();
            group.forEach(span -> text.append(vocabulary.symbols().get(span.letter())));
            words.add(word(text.toString(), group));
        }
        return words;
    }

    /** Given words for the letters between boundaries; letters after the last word, which is unfinished, are left out. */
    static List<Hypothesis.Word> named(
            List<ForcedAlignment.Span> letters, List<String> names, LetterVocabulary vocabulary) {
        List<List<ForcedAlignment.Span>> groups = groups(letters, vocabulary);
        List<Hypothesis.Word> words = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            words.add(word(names.get(i), groups.get(i)));
        }
        return words;
    }

    private static Hypothesis.Word word(String text, List<ForcedAlignment.Span> group) {
        return new Hypothesis.Word(
                text, group.get(0).firstFrame(), group.get(group.size() - 1).lastFrame());
    }

    private static List<List<ForcedAlignment.Span>> groups(
            List<ForcedAlignment.Span> letters, LetterVocabulary vocabulary) {
        List<List<ForcedAlignment.Span>> groups = new ArrayList<>();
        List<ForcedAlignment.Span> open = new ArrayList<>();
        for (ForcedAlignment.Span span : letters) {
            if (span.letter() != vocabulary.boundary()) {
                open.add(span);
            } else if (!open.isEmpty()) {
                groups.add(open);
                open = new ArrayList<>();
            }
        }
        if (!open.isEmpty()) {
            groups.add(open);
        }
        return groups;
    }
}
