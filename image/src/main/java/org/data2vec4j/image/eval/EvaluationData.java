package org.data2vec4j.image.eval;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.data.ImageSource;

/**
 * The labelled pictures of an evaluation: those that classify (the bank of k-NN, the training set of the probe) and those that
 * are classified, never the same. Which pictures they are depends on the seed and the limits alone.
 *
 * @param bank those that classify
 * @param test those that are classified
 * @param unlabelled pictures of the sources that have no class and are left out
 */
public record EvaluationData(ImageSelection bank, ImageSelection test, int unlabelled) {
    private static final long BANK = 0x62616E6BL;
    private static final long TEST = 0x74657374L;
    private static final long SPLIT = 0x73706C6974L;

    /**
     * Keyed samples of two sources whose classes have the same names.
     *
     * @param bankLimit the most pictures that classify
     * @param testLimit the most pictures that are classified
     * @throws UserException if both are one source, one has no labels, or the test source has a class that the training source
     *     does not have
     */
    public static EvaluationData of(ImageSource train, ImageSource test, int bankLimit, int testLimit, long seed) {
        Check.that(train != test, "training and test data are the same source: divide it with a test share");
        int[] bankRows = labelled(train, "training");
        int[] testRows = labelled(test, "test");
        int unlabelled = train.size() - bankRows.length + test.size() - testRows.length;
        return new EvaluationData(
                ImageSelection.labelled(train, train.classes(), sample(bankRows, bankLimit, Rng.of(seed, BANK))),
                ImageSelection.labelled(test, train.classes(), sample(testRows, testLimit, Rng.of(seed, TEST))),
                unlabelled);
    }

    /**
     * One source divided by a key: the share {@code testShare} of it is classified by the rest, each up to its limit.
     *
     * @throws UserException if the source has no labels or too few pictures to divide
     */
    public static EvaluationData split(ImageSource source, double testShare, int bankLimit, int testLimit, long seed) {
        Check.inRange("evaluation.test_share", testShare, 0.01, 0.99);
        int[] rows = labelled(source, "evaluation");
        Check.that(rows.length > 1, "the evaluation data has one labelled image; it takes two or more to divide it");
        int[] shuffled = rows.clone();
        Rng.of(seed, SPLIT).shuffle(shuffled, shuffled.length);
        int held = (int) Math.min(Math.max(1, Math.round(testShare * rows.length)), rows.length - 1L);
        int[] testRows = Arrays.copyOf(shuffled, Math.min(held, Check.positive("test", testLimit)));
        int[] rest = Arrays.copyOfRange(shuffled, held, shuffled.length);
        int[] bankRows = Arrays.copyOf(rest, Math.min(rest.length, Check.positive("bank", bankLimit)));
        return new EvaluationData(
                ImageSelection.labelled(source, source.classes(), bankRows),
                ImageSelection.labelled(source, source.classes(), testRows),
                source.size() - rows.length);
    }

    /** The share of the test pictures' largest class in percent: what a constant answer gets. */
    public double chance() {
        int[] counts = new int[bank.classes().size()];
        IntStream.range(0, test.size()).forEach(i -> counts[test.label(i)]++);
        return 100.0 * Arrays.stream(counts).max().orElse(0) / test.size();
    }

    private static int[] labelled(ImageSource source, String role) {
        int[] rows = IntStream.range(0, source.size())
                .filter(i -> source.label(i) >= 0)
                .toArray();
        if (rows.length == 0) {
            throw new UserException("the " + role + " data (" + source.name(0)
                    + " …) has no labels: put images in class sub-folders or use shards with .cls");
        }
        return rows;
    }

    private static int[] sample(int[] rows, int limit, Rng rng) {
        int count = Math.min(rows.length, Check.positive("evaluation limit", limit));
        int[] shuffled = rows.clone();
        rng.shuffle(shuffled, count);
        return Arrays.copyOf(shuffled, count);
    }
}
