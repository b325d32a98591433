package org.data2vec4j.audio.ctc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.Utf8Lines;

/**
 * The words a decoder may say and how each is spelled, as a tree of letters. A word may have several spellings, and a spelling may
 * belong to several words. A node costs 12 bytes.
 */
public final class Lexicon {
    static final int ROOT = 0;

    private final Map<Integer, List<String>> words = new HashMap<>(); // by the node where their spelling ends
    private int[] letters = new int[1024];
    private int[] firstChild = new int[1024]; // 0 for none: the root is nobody's child
    private int[] sibling = new int[1024];
    private int nodes = 1;
    private int size;

    private Lexicon() {}

    /**
     * Words spelled letter by letter.
     *
     * @throws UserException if there is no word, or one has a character outside the vocabulary
     */
    public static Lexicon of(Collection<String> words, LetterVocabulary vocabulary) {
        Lexicon lexicon = new Lexicon();
        for (String word : words) {
            lexicon.add(word, letters(word), vocabulary, "lexicon");
        }
        return lexicon.checked("lexicon");
    }

    private static List<String> letters(String word) {
        return LetterVocabulary.normal(word)
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
    }

    /**
     * The lexicon in a UTF-8 file with a line {@code WORD L E T T E R S |} per spelling, parted by tabs or spaces; the boundary at the
     * end may be left out, blank lines are skipped, and a word alone on its line is spelled as it is written.
     *
     * @throws UserException naming file and line if the file cannot be read, a word has no letters or letters outside the vocabulary,
     *     or there is no word
     */
    public static Lexicon read(Path file, LetterVocabulary vocabulary) {
        Lexicon lexicon = new Lexicon();
        try (Utf8Lines lines = Utf8Lines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    List<String> fields = List.of(line.strip().split("\\s+", -1));
                    lexicon.add(
                            fields.get(0),
                            fields.size() == 1 ? letters(fields.get(0)) : fields.subList(1, fields.size()),
                            vocabulary,
                            "lexicon " + lines.place());
                }
            }
        }
        return lexicon.checked("lexicon " + file);
    }

    /** The number of (word, spelling) pairs, each counted once. */
    public int size() {
        return size;
    }

    /** The node one letter further, or −1. */
    int child(int node, int letter) {
        for (int child = firstChild[node]; child != 0; child = sibling[child]) {
            if (letters[child] == letter) {
                return child;
            }
        }
        return -1;
    }

    /** The words whose spelling ends at a node. */
    List<String> words(int node) {
        return words.getOrDefault(node, List.of());
    }

    private void add(String word, List<String> spelling, LetterVocabulary vocabulary, String where) {
        boolean closed =
                !spelling.isEmpty() && spelling.get(spelling.size() - 1).equals(LetterVocabulary.BOUNDARY);
        List<String> bare = closed ? spelling.subList(0, spelling.size() - 1) : spelling;
        if (bare.isEmpty()) {
            throw new UserException(where + ": the word '" + word + "' has no letters; allowed: WORD L E T T E R S |");
        }
        int node = ROOT;
        for (String letter : bare) {
            int index = vocabulary.index(letter);
            if (index < 0 || index == vocabulary.boundary()) {
                throw new UserException(where + ": the word '" + word + "' is spelled with '" + letter
                        + "', which is no letter of the vocabulary; mend or remove the word");
            }
            int child = child(node, index);
            node = child < 0 ? grow(node, index) : child;
        }
        List<String> here = words.computeIfAbsent(node, n -> new ArrayList<>(1));
        if (!here.contains(word)) {
            here.add(word);
            size++;
        }
    }

    private int grow(int parent, int letter) {
        if (nodes == letters.length) {
            letters = Arrays.copyOf(letters, 2 * nodes);
            firstChild = Arrays.copyOf(firstChild, 2 * nodes);
            sibling = Arrays.copyOf(sibling, 2 * nodes);
        }
        letters[nodes] = letter;
        sibling[nodes] = firstChild[parent];
        firstChild[parent] = nodes;
        return nodes++;
    }

    private Lexicon checked(String where) {
        if (size == 0) {
            throw new UserException(where + " has no words; give at least one");
        }
        return this;
    }
}
