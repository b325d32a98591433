package org.data2vec4j.audio.lm;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.file.AtomicText;

/**
 * Makes an interpolated n-gram model from sentences and writes it as an ARPA file; after any context the probabilities of all words,
 * {@code <unk>} and {@code </s>} sum to one. A sentence is a list of words, or of letters for a model over letters. All n-grams
 * seen are kept in memory, at some 100 bytes each; meant for corpora of up to about a hundred million words.
 */
public final class NgramTrainer {
    private static final double LN10 = Math.log(10);

    private final List<String> words;
    private final List<NgramCounts> counts; // [n − 1] holds order n
    private final List<double[]> probabilities = new ArrayList<>(); // [n − 1][entry], interpolated
    private final List<double[]> backoffs = new ArrayList<>(); // [n − 1][entry as a context]

    private NgramTrainer(List<String> words, List<NgramCounts> counts, Discounting discounting) {
        this.words = words;
        this.counts = counts;
        double[] below = {1.0 / (words.size() - 1)}; // evenly over all words but <s>
        for (int n = 1; n <= counts.size(); n++) {
            below = estimate(n, below, discounting);
        }
    }

    /**
     * Trains on sentences, which are gone through twice and must come the same both times.
     *
     * @throws UserException if there is no sentence, or a word is {@code <s>}, {@code </s>}, {@code <UNK>}, empty or holds white space
     */
    public static NgramTrainer train(Iterable<List<String>> sentences, NgramTrainerConfig config) {
        Map<String, Integer> ids = vocabulary(sentences, config.minimalCount());
        Iterable<int[]> numbered = () -> {
            var source = sentences.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return source.hasNext();
                }

                @Override
                public int[] next() {
                    return numbers(source.next(), ids);
                }
            };
        };
        return new NgramTrainer(
                List.copyOf(ids.keySet()), NgramCounts.count(numbered, config.order()), config.discounting());
    }

    /** Writes the model; the file appears when it is complete. */
    public void write(Path file) {
        AtomicText.write(file, this::write);
    }

    private static Map<String, Integer> vocabulary(Iterable<List<String>> sentences, int minimalCount) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        long number = 0;
        for (List<String> sentence : sentences) {
            number++;
            for (String word : sentence) {
                if (word.isEmpty() || word.chars().anyMatch(Character::isWhitespace) || isReserved(word)) {
                    throw new UserException("sentence " + number + " has the word '" + word
                            + "'; allowed: words without white space that are not <s>, </s> or <UNK>");
                }
                seen.merge(word, 1, Integer::sum);
            }
        }
        if (number == 0) {
            throw new UserException("a language model needs text; there is no sentence");
        }
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String special : List.of(ArpaReader.UNKNOWN, ArpaReader.BEGIN, ArpaReader.END)) {
            ids.put(special, ids.size());
        }
        seen.forEach((word, count) -> {
            if (count >= minimalCount) {
                ids.putIfAbsent(word, ids.size());
            }
        });
        return ids;
    }

    private static boolean isReserved(String word) {
        return word.equals(ArpaReader.BEGIN) || word.equals(ArpaReader.END) || word.equals("<UNK>");
    }

    private static int[] numbers(List<String> sentence, Map<String, Integer> ids) {
        int[] numbers = new int[sentence.size() + 2];
        numbers[0] = 1; // <s>
        numbers[numbers.length - 1] = 2; // </s>
        for (int i = 0; i < sentence.size(); i++) {
            numbers[i + 1] = ids.getOrDefault(sentence.get(i), 0);
        }
        return numbers;
    }

    /** One order's probabilities p(w|h) = (c − D(c)) / C(h) + γ(h)·p(w|h′), and its contexts' γ. */
    private double[] estimate(int n, double[] below, Discounting discounting) {
        NgramCounts order = counts.get(n - 1);
        long[] effective = effective(n, discounting);
        Discounts discounts = discounting instanceof Discounting.Absolute absolute
                ? new Discounts(absolute.discount(), absolute.discount(), absolute.discount())
                : Discounts.kneserNey(effective);
        int contexts = n == 1 ? 1 : counts.get(n - 2).size();
        double[] total = new double[contexts];
        double[] gamma = new double[contexts];
        for (int i = 0; i < effective.length; i++) {
            total[order.context(i)] += effective[i];
            gamma[order.context(i)] += discounts.of(effective[i]);
        }
        for (int h = 0; h < contexts; h++) {
            gamma[h] = total[h] == 0 ? 1 : gamma[h] / total[h];
        }
        double[] probability = new double[effective.length];
        for (int i = 0; i < effective.length; i++) {
            int h = order.context(i);
            double seen = total[h] == 0 ? 0 : (effective[i] - discounts.of(effective[i])) / total[h];
            probability[i] = seen + gamma[h] * below[n == 1 ? 0 : order.suffix(i)];
        }
        probabilities.add(probability);
        backoffs.add(gamma);
        return probability;
    }

    /** Raw counts at the highest order and after {@code <s>}, else what the discounting law counts; {@code <s>} itself is never foretold. */
    private long[] effective(int n, Discounting discounting) {
        NgramCounts order = counts.get(n - 1);
        long[] effective = new long[order.size()];
        boolean raw = n == counts.size() || discounting instanceof Discounting.Absolute;
        for (int i = 0; i < effective.length; i++) {
            // An n-gram that no word precedes begins with <s>.
            effective[i] = raw || order.preceding(i) == 0 ? order.count(i) : order.preceding(i);
            if (n == 1 && order.word(i) == 1) {
                effective[i] = 0;
            }
        }
        return effective;
    }

    private void write(Writer out) throws IOException {
        Map<Integer, Integer> unigrams = new HashMap<>();
        for (int i = 0; i < counts.get(0).size(); i++) {
            unigrams.put(counts.get(0).word(i), i);
        }
        boolean unseen = !unigrams.containsKey(0); // <unk> is listed whether seen or not
        out.write("\\data\\\n");
        for (int n = 1; n <= counts.size(); n++) {
            out.write("ngram " + n + "=" + (counts.get(n - 1).size() + (n == 1 && unseen ? 1 : 0)) + "\n");
        }
        for (int n = 1; n <= counts.size(); n++) {
            out.write("\n\\" + n + "-grams:\n");
            if (n == 1 && unseen) {
                double gamma = backoffs.get(0)[0];
                out.write(logarithm(gamma / (words.size() - 1)) + "\t" + ArpaReader.UNKNOWN + "\n");
            }
            for (int i = 0; i < counts.get(n - 1).size(); i++) {
                out.write(line(n, i));
            }
        }
        out.write("\n\\end\\\n");
    }

    private String line(int n, int entry) {
        NgramCounts order = counts.get(n - 1);
        boolean begin = n == 1 && order.word(entry) == 1;
        StringBuilder line =
                new StringBuilder(begin ? "-99" : logarithm(probabilities.get(n - 1)[entry]));
        String[] text = new String[n];
        int at = entry;
        for (int k = n; k > 0; k--) {
            text[k - 1] = words.get(counts.get(k - 1).word(at));
            at = counts.get(k - 1).context(at);
        }
        line.append('\t').append(String.join(" ", Arrays.asList(text)));
        if (n < counts.size()) {
            line.append('\t').append(logarithm(backoffs.get(n)[entry]));
        }
        return line.append('\n').toString();
    }

    private static String logarithm(double value) {
        double log = Math.log(Math.min(1, value)) / LN10; // rounding may lift a certainty above 1
        return log == 0 ? "0" : Float.toString((float) log);
    }
}
