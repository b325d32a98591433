package org.data2vec4j.index;

import java.util.Arrays;

/** The highest of many scores with their rows; of equal scores the lower row. A heap whose root is the least that is kept. */
final class BestHits {
    private final float[] scores;
    private final int[] rows;
    private int size;

    BestHits(int most) {
        this.scores = new float[most];
        this.rows = new int[most];
    }

    /** The score that another must exceed. */
    float floor() {
        if (scores.length == 0) {
            return Float.POSITIVE_INFINITY;
        }
        return size < scores.length ? Float.NEGATIVE_INFINITY : scores[0];
    }

    void add(float score, int row) {
        if (scores.length == 0) {
            return;
        }
        if (size < scores.length) {
            int at = size++;
            while (at > 0 && below(score, row, scores[(at - 1) / 2], rows[(at - 1) / 2])) {
                scores[at] = scores[(at - 1) / 2];
                rows[at] = rows[(at - 1) / 2];
                at = (at - 1) / 2;
            }
            scores[at] = score;
            rows[at] = row;
        } else if (below(scores[0], rows[0], score, row)) {
            sink(score, row);
        }
    }

    private void sink(float score, int row) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && below(scores[child + 1], rows[child + 1], scores[child], rows[child])) {
                child++;
            }
            if (!below(scores[child], rows[child], score, row)) {
                break;
            }
            scores[at] = scores[child];
            rows[at] = rows[child];
            at = child;
        }
        scores[at] = score;
        rows[at] = row;
    }

    private static boolean below(float score, int row, float otherScore, int otherRow) {
        return score < otherScore || (score == otherScore && row > otherRow);
    }

    /** What is kept, best first. */
    RowScore[] sorted() {
        RowScore[] all = new RowScore[size];
        for (int i = 0; i < size; i++) {
            all[i] = new RowScore(rows[i], scores[i]);
        }
        Arrays.sort(all);
        return all;
    }
}
