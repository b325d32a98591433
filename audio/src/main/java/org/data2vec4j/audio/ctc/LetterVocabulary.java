package org.data2vec4j.audio.ctc;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.data2vec4j.core.UserException;

/**
 * The symbols a model emits: one blank, one word boundary {@code |}, letters of one character each, and perhaps symbols that never
 * stand in text (such as {@code <pad>}). A symbol's index is its column in the emissions. Text is compared in Unicode's composed
 * form (NFC), so é is one letter however it was typed; case matters.
 */
public final class LetterVocabulary {
    /** What stands between words. */
    public static final String BOUNDARY = "|";

    /** The blank's name in a vocabulary made here. */
    public static final String BLANK = "<blank>";

    private final List<String> symbols;
    private final Map<String, Integer> indices = new HashMap<>();
    private final int blank;
    private final int boundary;

    /**
     * A vocabulary of these symbols in this order.
     *
     * @param blank index of the blank
     * @throws UserException if a symbol stands twice, the blank is no index, or there is no {@code |}
     */
    public LetterVocabulary(List<String> symbols, int blank) {
        this.symbols = List.copyOf(symbols);
        this.blank = blank;
        if (blank < 0 || blank >= symbols.size()) {
            throw new UserException("blank index is " + blank + "; allowed: 0 to " + (symbols.size() - 1));
        }
        for (int i = 0; i < symbols.size(); i++) {
            if (indices.putIfAbsent(symbols.get(i), i) != null) {
                throw new UserException("letter vocabulary has '" + symbols.get(i) + "' twice; list each symbol once");
            }
        }
        Integer found = indices.get(BOUNDARY);
        if (found == null || found == blank) {
            throw new UserException("letter vocabulary has no word boundary; add the symbol |");
        }
        boundary = found;
    }

    /** The blank, the boundary and the letters of transcripts in the order of their code points; the blank has index 0. */
    public static LetterVocabulary of(Collection<String> transcripts) {
        return of(transcripts, 0);
    }

    /** The boundary and the letters of transcripts in the order of their code points, with the blank put at an index. */
    public static LetterVocabulary of(Collection<String> transcripts, int blank) {
        TreeSet<Integer> letters = new TreeSet<>();
        for (String transcript : transcripts) {
            normal(transcript).codePoints().filter(c -> !isSpace(c)).forEach(letters::add);
        }
        letters.remove((int) BOUNDARY.charAt(0));
        List<String> symbols = new ArrayList<>();
        symbols.add(BOUNDARY);
        letters.forEach(letter -> symbols.add(Character.toString(letter)));
        if (blank < 0 || blank > symbols.size()) {
            throw new UserException("blank index is " + blank + "; allowed: 0 to " + symbols.size());
        }
        symbols.add(blank, BLANK);
        return new LetterVocabulary(symbols, blank);
    }

    /** The symbols by index. */
    public List<String> symbols() {
        return symbols;
    }

    /** The number of symbols, blank included: the emissions' V. */
    public int size() {
        return symbols.size();
    }

    /** The blank's index. */
    public int blank() {
        return blank;
    }

    /** The word boundary's index. */
    public int boundary() {
        return boundary;
    }

    /** Whether a symbol can stand in text: the boundary or a symbol of one character, but not the blank. */
    public boolean isText(int symbol) {
        String text = symbols.get(symbol);
        return symbol != blank && text.codePointCount(0, text.length()) == 1;
    }

    /** A letter's index, or −1 if it is not in the vocabulary or never stands in text. */
    public int index(String letter) {
        int index = indices.getOrDefault(normal(letter), -1);
        return index >= 0 && isText(index) ? index : -1;
    }

    /** The characters of a transcript that the vocabulary lacks, each once, in the order of their first appearance. */
    public List<String> missing(String transcript) {
        return normal(transcript)
                .codePoints()
                .filter(c -> !isSpace(c))
                .mapToObj(Character::toString)
                .filter(letter -> index(letter) < 0)
                .distinct()
                .toList();
    }

    /** The text of a labelling: boundaries become single spaces, none at the ends. */
    public String text(int[] letters) {
        StringBuilder text = new StringBuilder();
        boolean pending = false;
        for (int letter : letters) {
            if (letter == boundary) {
                pending = text.length() > 0;
            } else {
                text.append(pending ? " " : "").append(symbols.get(letter));
                pending = false;
            }
        }
        return text.toString();
    }

    static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
