package org.data2vec4j.evaluation.health;

import java.util.Arrays;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;

/**
 * How directions of features lie on the unit sphere (Wang and Isola, "Understanding contrastive representation learning through
 * alignment and uniformity on the hypersphere", 2020). Lower is better in both. Shapes: N samples, D features, in any float type;
 * computed in double precision.
 */
public final class Sphere {
    private static final double T = 2; // the paper's, section 4.1.2

    private Sphere() {}

    /**
     * Uniformity: log of the mean over pairs i ≠ j of exp(−2‖uᵢ − uⱼ‖²); 0 if all directions are one, about −4 if they spread evenly
     * over many dimensions. NaN of fewer than two samples.
     */
    public static double uniformity(Tensor x_ND) {
        try (Scope scope = Scope.open()) {
            long n = x_ND.size(0);
            Tensor unit_ND = directions(x_ND);
            Tensor cosine_NN = unit_ND.matmul(unit_ND.transpose(0, 1));
            // ‖a − b‖² = 2 − 2·a·b for directions
            double all = cosine_NN.add(-1).mul(2 * T).exp().sum().item();
            return n < 2 ? Double.NaN : Math.log(Math.max(0, all - n) / (n * (n - 1.0)));
        }
    }

    /** Alignment: the mean of ‖uᵢ − vᵢ‖² over pairs of rows that should be alike, such as two views of one sample; 0 to 4. */
    public static double alignment(Tensor x_ND, Tensor y_ND) {
        try (Scope scope = Scope.open()) {
            Tensor difference_ND = directions(x_ND).sub(directions(y_ND));
            return difference_ND.square().sum().mul(1.0 / x_ND.size(0)).item();
        }
    }

    /** The same over all pairs of different samples of one class; −1 is no class. NaN if there is no such pair. */
    public static double classAlignment(Tensor x_ND, int[] labels) {
        int width = Math.toIntExact(x_ND.size(1));
        float[] unit;
        try (Scope scope = Scope.open()) {
            unit = directions(x_ND).toFloats();
        }
        int classes = Arrays.stream(labels).max().orElse(-1) + 1;
        double[][] sums = new double[classes][width];
        double[] squares = new double[classes];
        long[] counts = new long[classes];
        for (int i = 0; i < labels.length; i++) {
            for (int d = 0; d < width && labels[i] >= 0; d++) {
                double value = unit[i * width + d];
                sums[labels[i]][d] += value;
                squares[labels[i]] += value * value;
            }
            if (labels[i] >= 0) {
                counts[labels[i]]++;
            }
        }
        double distance = 0;
        double pairs = 0;
        for (int c = 0; c < classes; c++) {
            // Σ over i < j of ‖uᵢ − uⱼ‖² = m·Σ‖uᵢ‖² − ‖Σuᵢ‖²
            distance += counts[c] * squares[c]
                    - Arrays.stream(sums[c]).map(v -> v * v).sum();
            pairs += counts[c] * (counts[c] - 1) / 2.0;
        }
        return pairs == 0 ? Double.NaN : distance / pairs;
    }

    private static Tensor directions(Tensor x_ND) {
        return F.normalize(x_ND.to(DType.F64));
    }
}
