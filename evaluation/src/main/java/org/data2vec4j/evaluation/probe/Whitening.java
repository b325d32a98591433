package org.data2vec4j.evaluation.probe;

import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;

/**
 * Features centred and whitened by the mean and covariance of a bank: L⁻¹(x − m), where LLᵀ is the covariance plus a thousandth of its mean
 * eigenvalue, which keeps directions that do not vary from being blown up. Cosines of such vectors are those under the inverse covariance,
 * whichever root of it is taken.
 */
final class Whitening {
    private static final double SHRINKAGE = 1e-3;
    /** Of wider features, such as the pixels of large images, the mean alone is taken out. */
    private static final int WIDEST = 4096;

    private Whitening() {}

    /** Both whitened by the bank, in the scope open now. */
    static Features[] byBank(Features bank, Features queries) {
        try (Scope scope = Scope.open()) {
            Tensor bank_ND = bank.features_ND().to(DType.F64);
            Tensor mean_1D = bank_ND.mean(true, 0);
            Tensor centred_ND = bank_ND.sub(mean_1D);
            Tensor queries_ND = queries.features_ND().to(DType.F64).sub(mean_1D);
            if (bank.width() > WIDEST) {
                return new Features[] {like(bank, scope, centred_ND), like(queries, scope, queries_ND)};
            }
            Tensor covariance_DD = centred_ND.transpose(0, 1).matmul(centred_ND).mul(1.0 / bank.size());
            double floor = Math.max(covariance_DD.diagonal().mean().item() * SHRINKAGE, Double.MIN_NORMAL);
            covariance_DD.diagonal().add_(floor);
            Tensor root_DD = F.cholesky(covariance_DD);
            return new Features[] {
                like(bank, scope, whitened(root_DD, centred_ND)), like(queries, scope, whitened(root_DD, queries_ND))
            };
        }
    }

    private static Tensor whitened(Tensor root_DD, Tensor x_ND) {
        return F.solve(root_DD, x_ND.transpose(0, 1)).transpose(0, 1).contiguous();
    }

    private static Features like(Features samples, Scope scope, Tensor x_ND) {
        return new Features(scope.keep(x_ND.to(DType.F32)), samples.labels(), samples.ids());
    }
}
