package org.data2vec4j.audio.lm;

/**
 * What is taken from counts of one, of two, and of three or more; each between 0 and the count.
 *
 * @param one from a count of 1
 * @param two from a count of 2
 * @param more from larger counts
 */
record Discounts(double one, double two, double more) {
    /** Kneser–Ney's discounts (Chen and Goodman 1999, eq. 26), or 0.5, 1, 1.5 where the counts of counts give none. */
    static Discounts kneserNey(long[] counts) {
        double[] having = new double[5]; // [k] counts that are k
        for (long count : counts) {
            if (count >= 1 && count <= 4) {
                having[(int) count]++;
            }
        }
        double y = having[1] / (having[1] + 2 * having[2]);
        double one = 1 - 2 * y * having[2] / having[1];
        double two = 2 - 3 * y * having[3] / having[2];
        double more = 3 - 4 * y * having[4] / having[3];
        // Not a number where a count of counts is zero. A discount of zero would leave nothing for unseen words.
        boolean sound = one > 0 && one < 1 && two > 0 && two < 2 && more > 0 && more < 3;
        return sound ? new Discounts(one, two, more) : new Discounts(0.5, 1, 1.5);
    }

    /** What is taken from a count. */
    double of(long count) {
        return count == 0 ? 0 : count == 1 ? one : count == 2 ? two : more;
    }
}
