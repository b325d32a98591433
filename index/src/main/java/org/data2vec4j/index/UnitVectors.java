package org.data2vec4j.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * Vectors of length 1 in memory, and exact search in them: of a few queries row by row, of many as matrix products. Searches may run in
 * many threads, if nothing is added meanwhile. Shapes: Q queries, D width, N vectors of a block.
 */
final class UnitVectors {
    private static final int BLOCK = 4096;
    private static final int FEW = 4; // fewer queries are faster without copying vectors to libtorch

    private final int width;
    private final List<float[]> rows = new ArrayList<>();

    UnitVectors(int width) {
        this.width = width;
    }

    int size() {
        return rows.size();
    }

    int width() {
        return width;
    }

    /** Appends a vector of length 1, or of zeros. */
    void add(float[] vector) {
        rows.add(vector);
    }

    /** A row; not copied. */
    float[] get(int row) {
        return rows.get(row);
    }

    /** Four sums at a time: the additions of one do not wait for each other. */
    float product(int row, float[] query) {
        float[] vector = rows.get(row);
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < width; i += 4) {
            a += query[i] * vector[i];
            b += query[i + 1] * vector[i + 1];
            c += query[i + 2] * vector[i + 2];
            d += query[i + 3] * vector[i + 3];
        }
        for (; i < width; i++) {
            a += query[i] * vector[i];
        }
        return a + b + (c + d);
    }

    /**
     * The nearest rows of each query, best first.
     *
     * @param from the first row that is looked at
     * @param alive the rows that count
     */
    RowScore[][] search(float[][] queries, int most, int from, BitSet alive) {
        BestHits[] best = new BestHits[queries.length];
        for (int q = 0; q < best.length; q++) {
            best[q] = new BestHits(Math.min(most, Math.max(0, size() - from)));
        }
        if (queries.length < FEW) {
            for (int q = 0; q < queries.length; q++) {
                for (int row = alive.nextSetBit(from); row >= 0; row = alive.nextSetBit(row + 1)) {
                    best[q].add(product(row, queries[q]), row);
                }
            }
        } else {
            for (int begin = from; begin < size(); begin += BLOCK) {
                block(queries, begin, Math.min(BLOCK, size() - begin), alive, best);
            }
        }
        RowScore[][] found = new RowScore[queries.length][];
        for (int q = 0; q < found.length; q++) {
            found[q] = best[q].sorted();
        }
        return found;
    }

    private void block(float[][] queries, int begin, int count, BitSet alive, BestHits[] best) {
        float[] products_QN;
        try (Scope scope = Scope.open()) {
            Tensor queries_QD = Tensors.of(joined(queries), queries.length, width);
            float[][] block = rows.subList(begin, begin + count).toArray(float[][]::new);
            Tensor rows_ND = Tensors.of(joined(block), count, width);
            products_QN = queries_QD.matmul(rows_ND.transpose(0, 1)).toFloats();
        }
        for (int q = 0; q < queries.length; q++) {
            float floor = best[q].floor();
            for (int i = 0; i < count; i++) {
                float product = products_QN[q * count + i];
                if (product > floor && alive.get(begin + i)) {
                    best[q].add(product, begin + i);
                    floor = best[q].floor();
                }
            }
        }
    }

    private float[] joined(float[][] vectors) {
        float[] all = new float[Math.multiplyExact(vectors.length, width)];
        for (int i = 0; i < vectors.length; i++) {
            System.arraycopy(vectors[i], 0, all, i * width, width);
        }
        return all;
    }
}
