package org.data2vec4j.audio.lm;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;

/**
 * Reads an ARPA file, plain or gzipped, of any order, in one pass. Strict: the counts declared under {@code \data\} must be the
 * counts found, sections stand in order, every n-gram's context is listed in the section before, nothing is listed twice, and the
 * file ends with {@code \end\}. {@code <s>} and {@code </s>} must be listed; {@code <UNK>} is read as {@code <unk>}. Text before
 * {@code \data\} is skipped, as the format allows.
 */
public final class ArpaReader {
    /** The word that begins every sentence. */
    public static final String BEGIN = "<s>";

    /** The word that ends every sentence. */
    public static final String END = "</s>";

    /** The word that stands for all words that are not listed. */
    public static final String UNKNOWN = "<unk>";

    private static final int MAXIMAL_ORDER = 32;

    private final ArpaLines lines;
    private final Map<String, Integer> words = new HashMap<>();
    private final List<NgramTable> tables = new ArrayList<>();

    private ArpaReader(ArpaLines lines) {
        this.lines = lines;
    }

    /**
     * The model in a file.
     *
     * @throws UserException naming file, line, section and what was expected, if the file cannot be read or is not as above
     */
    public static NgramModel read(Path file) {
        try (ArpaLines lines = ArpaLines.open(file)) {
            return new ArpaReader(lines).model();
        } catch (CharacterCodingException e) {
            throw new UserException("language model " + file + " is not UTF-8 text; convert it with iconv", e);
        } catch (IOException e) {
            throw new UserException("cannot read the language model " + file + ": " + e, e);
        }
    }

    private NgramModel model() throws IOException {
        String line = lines.next("\\data\\");
        while (!line.equals("\\data\\")) {
            line = lines.next("\\data\\");
        }
        long[] declared = counts();
        for (int n = 1; n <= declared.length; n++) {
            section(n, declared);
        }
        for (String needed : List.of(BEGIN, END)) {
            if (!words.containsKey(needed)) {
                throw lines.error("the 1-grams do not list " + needed + "; make the model with sentence boundaries");
            }
        }
        return new NgramModel(words, tables);
    }

    /** The lines {@code ngram n=count}; leaves {@code \1-grams:} as the line last read. */
    private long[] counts() throws IOException {
        List<Long> counts = new ArrayList<>();
        String line = lines.next("\\1-grams:");
        while (!line.startsWith("\\")) {
            int order = counts.size() + 1;
            int equals = line.indexOf('=');
            if (!line.startsWith("ngram") || equals < 0) {
                throw lines.error("'" + ArpaLines.shown(line) + "' under \\data\\; allowed: ngram " + order + "=COUNT");
            }
            if (number(line.substring(5, equals)) != order || order > MAXIMAL_ORDER) {
                throw lines.error("'" + ArpaLines.shown(line) + "'; orders must run 1, 2, 3 … up to " + MAXIMAL_ORDER
                        + ", next is " + order);
            }
            counts.add(number(line.substring(equals + 1)));
            line = lines.next("\\1-grams:");
        }
        if (counts.isEmpty()) {
            throw lines.error("\\data\\ declares no counts; allowed: lines such as ngram 1=COUNT");
        }
        return counts.stream().mapToLong(Long::longValue).toArray();
    }

    private void section(int n, long[] declared) throws IOException {
        String title = "\\" + n + "-grams:";
        if (!lines.last().equals(title)) {
            throw lines.error("'" + ArpaLines.shown(lines.last()) + "' where " + title + " should begin");
        }
        boolean highest = n == declared.length;
        NgramTable table = new NgramTable(declared[n - 1], highest);
        tables.add(table);
        String following = highest ? "\\end\\" : "\\" + (n + 1) + "-grams:";
        String line = lines.next(following);
        while (!line.startsWith("\\")) { // no entry does: it begins with a number
            if (table.size() == declared[n - 1]) {
                throw lines.error("section " + title + " has more than the " + declared[n - 1]
                        + " n-grams declared under \\data\\; mend the count or take the file anew");
            }
            entry(n, highest, table, lines.fields());
            line = lines.next(following);
        }
        if (table.size() != declared[n - 1]) {
            throw lines.error("section " + title + " has " + table.size() + " n-grams, but \\data\\ declares "
                    + declared[n - 1] + "; mend the count or take the file anew");
        }
        if (highest && !line.equals(following)) {
            throw lines.error("'" + ArpaLines.shown(line) + "' where " + following + " should stand");
        }
    }

    private void entry(int n, boolean highest, NgramTable table, List<String> fields) {
        if (fields.size() != n + 1 && fields.size() != n + 2) {
            throw lines.error(
                    "a line of \\" + n + "-grams: has " + fields.size() + " fields; allowed: log-probability, " + n
                            + " word" + (n == 1 ? "" : "s") + (highest ? "" : ", optional back-off"));
        }
        float logProbability = lines.logarithm(fields.get(0));
        if (logProbability > 0) {
            throw lines.error("log-probability " + fields.get(0) + " is above 0");
        }
        float backoff = fields.size() == n + 2 ? lines.logarithm(fields.get(n + 1)) : 0;
        if (highest && backoff != 0) {
            throw lines.error("back-off " + fields.get(n + 1) + " in the highest order; allowed: none");
        }
        int context = n == 1 ? 0 : context(n, fields);
        int word = n == 1 ? words.size() : id(fields.get(n));
        boolean twice = n == 1
                ? words.putIfAbsent(normal(fields.get(1)), word) != null
                        || table.add(0, word, logProbability, backoff) < 0
                : table.add(context, word, logProbability, backoff) < 0;
        if (twice) {
            throw lines.error("'" + String.join(" ", fields.subList(1, n + 1)) + "' is listed twice");
        }
    }

    /** The slot of the first n − 1 words. */
    private int context(int n, List<String> fields) {
        int slot = 0;
        for (int k = 1; k < n; k++) {
            slot = tables.get(k - 1).find(slot, id(fields.get(k)));
            if (slot < 0) {
                throw lines.error("the context '" + String.join(" ", fields.subList(1, n)) + "' is not among the "
                        + (n - 1) + "-grams; the file is incomplete");
            }
        }
        return slot;
    }

    private int id(String word) {
        Integer id = words.get(normal(word));
        if (id == null) {
            throw lines.error("the word '" + ArpaLines.shown(word) + "' is not among the 1-grams");
        }
        return id;
    }

    private static String normal(String word) {
        return word.equals("<UNK>") ? UNKNOWN : word;
    }

    private long number(String text) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw lines.error("'" + ArpaLines.shown(digits) + "' is no count; allowed: a whole number");
        }
        return Long.parseLong(digits);
    }
}
