package org.data2vec4j.index;

/**
 * A row of the vector file and its score; ordered from the best down.
 *
 * @param row from 0
 * @param score cosine similarity
 */
record RowScore(int row, float score) implements Comparable<RowScore> {
    @Override
    public int compareTo(RowScore other) {
        int order = Float.compare(other.score, score);
        return order != 0 ? order : Integer.compare(row, other.row);
    }
}
