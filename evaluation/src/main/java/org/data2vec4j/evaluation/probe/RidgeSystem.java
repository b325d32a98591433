package org.data2vec4j.evaluation.probe;

import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * The equations of ridge regression with an unpenalised bias, in double precision, prepared once for many penalties λ: minimise
 * ‖XW + 1b − Y‖² + λn‖W‖². Eliminating b centres X and Y. Shapes: N samples (n of them), D features, C classes.
 */
sealed interface RidgeSystem {
    /** Rows standardised at once, so that double precision never holds all samples. */
    int CHUNK = 2048;

    /** Weights (D, C) and bias (1, C) for standardised features, in the scope that is open now. */
    Solution solve(double lambda);

    /** The minimiser. */
    record Solution(Tensor weights_DC, Tensor bias_1C) {}

    /** The smaller of the two forms for such samples; all of them have a class. */
    static RidgeSystem of(Features samples, Standardization standard, int classes) {
        return samples.width() <= samples.size()
                ? Primal.of(samples, standard, classes)
                : Dual.of(samples, standard, classes);
    }

    /** (rows, C): 1 at each sample's class, else 0. */
    private static Tensor oneHot(int[] labels, int start, int rows, int classes) {
        float[] targets = new float[rows * classes];
        for (int i = 0; i < rows; i++) {
            targets[i * classes + labels[start + i]] = 1;
        }
        return Tensors.of(targets, rows, classes).to(DType.F64);
    }

    private static Tensor bias(Tensor meanY_1C, Tensor meanX_1D, Tensor weights_DC) {
        return meanY_1C.sub(meanX_1D.matmul(weights_DC));
    }

    /** {@code a + shift·I}, in the scope that is open now. */
    private static Tensor shifted(Tensor a, double shift) {
        Tensor sum = a.copy();
        sum.diagonal().add_(shift);
        return sum;
    }

    /** (XᵀX + λnI)·W = XᵀY: D equations. */
    record Primal(long samples, Tensor gram_DD, Tensor cross_DC, Tensor meanX_1D, Tensor meanY_1C)
            implements RidgeSystem {
        static Primal of(Features samples, Standardization standard, int classes) {
            int n = samples.size();
            int width = samples.width();
            Tensor gram_DD = Tensors.zeros(DType.F64, Device.CPU, width, width);
            Tensor cross_DC = Tensors.zeros(DType.F64, Device.CPU, width, classes);
            Tensor meanX_1D = Tensors.zeros(DType.F64, Device.CPU, 1, width);
            Tensor meanY_1C = Tensors.zeros(DType.F64, Device.CPU, 1, classes);
            for (int start = 0; start < n; start += CHUNK) {
                int rows = Math.min(CHUNK, n - start);
                try (Scope scope = Scope.open()) {
                    Tensor x_BD = standard.apply(samples.features_ND().narrow(0, start, rows));
                    Tensor y_BC = oneHot(samples.labels(), start, rows, classes);
                    Tensor x_DB = x_BD.transpose(0, 1);
                    gram_DD.add_(x_DB.matmul(x_BD));
                    cross_DC.add_(x_DB.matmul(y_BC));
                    meanX_1D.add_(x_BD.sum(true, 0), 1.0 / n);
                    meanY_1C.add_(y_BC.sum(true, 0), 1.0 / n);
                }
            }
            try (Scope scope = Scope.open()) {
                Tensor sumX_D1 = meanX_1D.mul(n).transpose(0, 1);
                gram_DD.add_(sumX_D1.matmul(meanX_1D), -1);
                cross_DC.add_(sumX_D1.matmul(meanY_1C), -1);
            }
            return new Primal(n, gram_DD, cross_DC, meanX_1D, meanY_1C);
        }

        @Override
        public Solution solve(double lambda) {
            Tensor weights_DC = F.solve(shifted(gram_DD, lambda * samples), cross_DC);
            return new Solution(weights_DC, bias(meanY_1C, meanX_1D, weights_DC));
        }
    }

    /** (XXᵀ + λnI)·A = Y, W = XᵀA: N equations, for more features than samples. */
    record Dual(Tensor x_ND, Tensor y_NC, Tensor gram_NN, Tensor meanX_1D, Tensor meanY_1C) implements RidgeSystem {
        static Dual of(Features samples, Standardization standard, int classes) {
            Tensor x_ND = standard.apply(samples.features_ND());
            Tensor y_NC = oneHot(samples.labels(), 0, samples.size(), classes);
            Tensor meanX_1D = x_ND.mean(true, 0);
            Tensor meanY_1C = y_NC.mean(true, 0);
            Tensor centred_ND = x_ND.sub(meanX_1D);
            Tensor gram_NN = centred_ND.matmul(centred_ND.transpose(0, 1));
            return new Dual(centred_ND, y_NC.sub(meanY_1C), gram_NN, meanX_1D, meanY_1C);
        }

        @Override
        public Solution solve(double lambda) {
            Tensor dual_NC = F.solve(shifted(gram_NN, lambda * x_ND.size(0)), y_NC);
            Tensor weights_DC = x_ND.transpose(0, 1).matmul(dual_NC);
            return new Solution(weights_DC, bias(meanY_1C, meanX_1D, weights_DC));
        }
    }
}
