package org.data2vec4j.evaluation.probe;

import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;

/**
 * The bank's samples nearest to each query by cosine similarity, found by products of query batches with the whole bank. Shapes:
 * M bank, Q queries, D width, k neighbours.
 */
final class NearestSearch {
    /** Similarities held at once: 64 MiB. */
    private static final int SIMILARITIES = 1 << 24;

    private static final int MOST_QUERIES = 1024;

    private NearestSearch() {}

    /** Takes the neighbours of one query, nearest first. */
    interface Visitor {
        void visit(int query, int[] neighbours, float[] similarities);
    }

    /** Visits each query, in order, with its {@code count} nearest, or the whole bank if that is smaller. */
    static void run(Tensor bank_MD, Tensor queries_QD, int count, Visitor visitor) {
        int k = (int) Math.min(count, bank_MD.size(0));
        int total = Math.toIntExact(queries_QD.size(0));
        int batch = (int) Math.max(1, Math.min(MOST_QUERIES, SIMILARITIES / bank_MD.size(0)));
        try (Scope search = Scope.open()) {
            Tensor bank_DM = F.normalize(bank_MD).transpose(0, 1);
            for (int start = 0; start < total; start += batch) {
                int rows = Math.min(batch, total - start);
                try (Scope scope = Scope.open()) {
                    Tensor.TopK nearest = F.normalize(queries_QD.narrow(0, start, rows))
                            .matmul(bank_DM)
                            .topK(k);
                    visit(start, rows, k, nearest, visitor);
                }
            }
        }
    }

    private static void visit(int start, int rows, int k, Tensor.TopK nearest, Visitor visitor) {
        long[] indices = nearest.indices().toLongs();
        float[] values = nearest.values().toFloats();
        for (int row = 0; row < rows; row++) {
            int[] neighbours = new int[k];
            float[] similarities = new float[k];
            for (int i = 0; i < k; i++) {
                neighbours[i] = (int) indices[row * k + i];
                similarities[i] = values[row * k + i];
            }
            visitor.visit(start + row, neighbours, similarities);
        }
    }
}
