package org.data2vec4j.model.contrast;

import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * Spherical k-means (Dhillon and Modha, 2001): clusters of directions by their cosines, by Lloyd's iterations from rows drawn at
 * random. A function of the rows and the stream alone; products are on the rows' device. Shapes: N rows, D features, K clusters.
 */
public final class KMeans {
    private KMeans() {}

    /**
     * The cluster of each row, 0-based.
     *
     * @param x_ND rows of any length but 0
     * @param count K, at least 1; fewer where there are fewer rows
     * @param iterations at most; it ends where no row changes its cluster
     */
    public static long[] labels(Tensor x_ND, int count, int iterations, Rng rng) {
        return Grad.off(() -> {
            try (Scope scope = Scope.open()) {
                Tensor rows_ND = F.unit(x_ND.detach().to(DType.F32));
                int rows = (int) rows_ND.size(0);
                int clusters = Math.min(count, rows);
                Tensor centres_KD = rows_ND.indexSelect(0, start(rows, clusters, rng, rows_ND.device()));
                long[] labels = nearest(rows_ND, centres_KD);
                for (int i = 0; i < iterations; i++) {
                    centres_KD = centres(rows_ND, labels, centres_KD);
                    long[] moved = nearest(rows_ND, centres_KD);
                    if (Arrays.equals(moved, labels)) {
                        break;
                    }
                    labels = moved;
                }
                return labels;
            }
        });
    }

    private static Tensor start(int rows, int clusters, Rng rng, Device device) {
        long[] chosen = Arrays.stream(rng.permutation(rows))
                .limit(clusters)
                .asLongStream()
                .toArray();
        return Tensors.of(chosen, clusters).to(device);
    }

    private static long[] nearest(Tensor rows_ND, Tensor centres_KD) {
        return rows_ND.matmul(centres_KD.transpose(0, 1)).topK(1).indices().toLongs();
    }

    /** The directions of the clusters' sums; a cluster without rows stays where it was. */
    private static Tensor centres(Tensor rows_ND, long[] labels, Tensor before_KD) {
        int clusters = (int) before_KD.size(0);
        float[] members = new float[labels.length * clusters];
        float[] empty = new float[clusters];
        Arrays.fill(empty, 1);
        for (int n = 0; n < labels.length; n++) {
            int cluster = (int) labels[n];
            members[cluster * labels.length + n] = 1;
            empty[cluster] = 0;
        }
        Device device = rows_ND.device();
        Tensor sums_KD = Tensors.of(members, clusters, labels.length).to(device).matmul(rows_ND);
        return F.unit(sums_KD.add(before_KD.mul(Tensors.of(empty, clusters, 1).to(device))));
    }
}
