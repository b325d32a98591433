package org.data2vec4j.evaluation.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Fingerprint;

/**
 * The samples whose labels may be used: of each class the same share, and at least one. Each sample has a number drawn by (seed, class,
 * sample) alone and those with the smallest are taken, so the choice is the same on every machine and in every order, and a smaller
 * share is part of a larger one.
 */
public final class LabelSubset {
    private static final long PURPOSE = 0x66657762656C73L;

    private LabelSubset() {}

    private record Ticket(int row, long id, long number) {}

    /**
     * Rows of the samples chosen, ascending; those of class −1 never are.
     *
     * @param labels a class for each sample
     * @param ids the samples' stable numbers, such as places in their source
     * @param share above 0 to 1
     */
    public static int[] rows(int[] labels, long[] ids, double share, long seed) {
        Check.that(share > 0 && share <= 1, "the share of labels is " + share + "; allowed: above 0 to 1");
        int classes = Arrays.stream(labels).max().orElse(-1) + 1;
        List<List<Ticket>> tickets = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            tickets.add(new ArrayList<>());
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                long number = Rng.of(seed, PURPOSE, labels[i], ids[i]).nextLong();
                tickets.get(labels[i]).add(new Ticket(i, ids[i], number));
            }
        }
        return tickets.stream()
                .flatMap(members -> members.stream()
                        .sorted(Comparator.comparingLong(Ticket::number).thenComparingLong(Ticket::id))
                        .limit(count(members.size(), share)))
                .mapToInt(Ticket::row)
                .sorted()
                .toArray();
    }

    /** About {@code most} samples, the share of them that this is; all if there are fewer. */
    public static int[] about(int[] labels, long[] ids, int most, long seed) {
        long known = IntStream.of(labels).filter(c -> c >= 0).count();
        return rows(labels, ids, known == 0 ? 1 : Math.min(1, most / (double) known), seed);
    }

    private static long count(int members, double share) {
        return members == 0 ? 0 : Math.max(1, Math.round(share * members));
    }

    /** A hash of the samples chosen. */
    public static String fingerprint(int[] rows, long[] ids) {
        Fingerprint print = new Fingerprint().add("labels");
        for (int row : rows) {
            print.add(ids[row]);
        }
        return print.hex();
    }
}
