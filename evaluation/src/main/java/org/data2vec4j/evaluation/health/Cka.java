package org.data2vec4j.evaluation.health;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;

/**
 * Linear centred kernel alignment: how alike two sets of features of the same samples are, whatever their width, rotation and scale
 * (Kornblith et al., "Similarity of neural network representations revisited", 2019). Plain CKA is close to 1 for any features that
 * are wider than there are samples; the debiased one, of the unbiased estimate of HSIC (Song et al., 2012, equation 5; Nguyen et al.,
 * 2021), is about 0 for unrelated features whatever their width, and may fall below. Shapes: N samples in the same order, D and E
 * features.
 */
public final class Cka {
    /** The fewest samples of the debiased estimate. */
    public static final int FEWEST = 4;

    private Cka() {}

    /** Plain linear CKA, 0 to 1. */
    public static double plain(Tensor x_ND, Tensor y_NE) {
        try (Scope scope = Scope.open()) {
            Tensor k_NN = gram(x_ND);
            Tensor l_NN = gram(y_NE);
            return dot(k_NN, l_NN) / Math.sqrt(dot(k_NN, k_NN) * dot(l_NN, l_NN));
        }
    }

    /** Debiased linear CKA, up to 1; of at least {@value #FEWEST} samples. */
    public static double debiased(Tensor x_ND, Tensor y_NE) {
        return matrix(List.of(x_ND, y_NE))[0][1];
    }

    /** Debiased linear CKA of each with each: symmetric, ones on the diagonal; NaN where features do not vary. */
    public static double[][] matrix(List<Tensor> all) {
        try (Scope scope = Scope.open()) {
            List<Tensor> kernels = new ArrayList<>();
            for (Tensor x_ND : all) {
                if (x_ND.size(0) < FEWEST || x_ND.size(0) != all.get(0).size(0)) {
                    throw new IllegalArgumentException("features of " + x_ND.size(0) + " samples beside "
                            + all.get(0).size(0) + "; it takes as many of each and " + FEWEST + " or more");
                }
                kernels.add(centredWithoutBias(x_ND));
            }
            double[][] products = new double[all.size()][all.size()];
            for (int i = 0; i < products.length; i++) {
                for (int j = 0; j <= i; j++) {
                    products[i][j] = dot(kernels.get(i), kernels.get(j));
                    products[j][i] = products[i][j];
                }
            }
            double[][] cka = new double[products.length][products.length];
            for (int i = 0; i < products.length; i++) {
                for (int j = 0; j < products.length; j++) {
                    double scale = Math.sqrt(products[i][i] * products[j][j]);
                    cka[i][j] = scale > 0 ? products[i][j] / scale : Double.NaN;
                }
            }
            return cka;
        }
    }

    /** XXᵀ of centred rows. */
    private static Tensor gram(Tensor x_ND) {
        Tensor x = x_ND.to(DType.F64);
        Tensor centred = x.sub(x.mean(true, 0));
        return centred.matmul(centred.transpose(0, 1));
    }

    /**
     * The U-centred kernel (Székely and Rizzo, 2014, definition 2), kept for the enclosing scope: the inner product of two of them is
     * n(n − 3) times the unbiased HSIC.
     */
    private static Tensor centredWithoutBias(Tensor x_ND) {
        double n = x_ND.size(0);
        try (Scope scope = Scope.open()) {
            Tensor kernel_NN = gram(x_ND).contiguous();
            kernel_NN.diagonal().zero_();
            Tensor rows_N1 = kernel_NN.sum(true, 1).mul(1 / (n - 2));
            double grand = kernel_NN.sum().item() / ((n - 1) * (n - 2));
            Tensor centred = kernel_NN.sub(rows_N1).sub(rows_N1.transpose(0, 1)).add(grand);
            centred.diagonal().zero_();
            return scope.keep(centred);
        }
    }

    private static double dot(Tensor a, Tensor b) {
        try (Scope scope = Scope.open()) {
            return a.mul(b).sum().item();
        }
    }
}
