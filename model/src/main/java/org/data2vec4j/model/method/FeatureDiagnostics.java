package org.data2vec4j.model.method;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/**
 * Signs of collapse, measured on features; each waits for the device. Where a batch is shared by several processes, they are those of
 * the whole batch.
 */
public final class FeatureDiagnostics {
    private FeatureDiagnostics() {}

    /** The mean over features of their standard deviation over rows (N, D), by two passes; the reference's variance diagnostic. */
    public static double deviation(Tensor x_ND) {
        return deviation(x_ND, BatchStatistics.single());
    }

    /** {@link #deviation(Tensor)} of the rows of all processes. */
    public static double deviation(Tensor x_ND, BatchStatistics statistics) {
        if (statistics.isDistributed()) {
            return sharedDeviation(x_ND.to(DType.F32), statistics);
        }
        if (x_ND.size(0) < 2) {
            return 0;
        }
        return x_ND.to(DType.F32)
                .variance(true, false, 0)
                .add(1e-6)
                .sqrt()
                .mean()
                .item();
    }

    private static double sharedDeviation(Tensor x_ND, BatchStatistics statistics) {
        double rows = statistics.sums((double) x_ND.size(0))[0];
        if (rows < 2) {
            return 0;
        }
        Tensor mean_1D = statistics.sum(x_ND.sum(true, 0)).mul(1 / rows);
        Tensor squares_1D = statistics.sum(x_ND.sub(mean_1D).square().sum(true, 0));
        return squares_1D.mul(1 / (rows - 1)).add(1e-6).sqrt().mean().item();
    }

    /** The share of positions that are masked. */
    public static Diagnostic share(MaskBatch masks, BatchStatistics statistics) {
        double[] sums = statistics.sums(masks.masked(), (double) masks.positions());
        return Diagnostic.Definition.MASK_RATIO.of(sums[0] / sums[1]);
    }

    /**
     * How many directions the rows (N, D) fill: exp of the entropy of the covariance's spectrum (Roy and Vetterli, 2007), from 1
     * (all on a line, or all equal) to D; NaN where a value is not finite.
     */
    public static double effectiveRank(Tensor x_ND) {
        return effectiveRank(x_ND, BatchStatistics.single());
    }

    /** {@link #effectiveRank(Tensor)} of the rows of all processes. */
    public static double effectiveRank(Tensor x_ND, BatchStatistics statistics) {
        Tensor x = x_ND.to(DType.F32);
        Tensor mean_1D = statistics.isDistributed()
                ? statistics.sum(x.sum(true, 0)).mul(1 / statistics.sums((double) x.size(0))[0])
                : x.mean(true, 0);
        Tensor centred = x.sub(mean_1D);
        Tensor covariance = statistics.sum(centred.transpose(0, 1).matmul(centred));
        if (!F.allFinite(covariance)) {
            return Double.NaN; // the solver for eigenvalues would throw
        }
        float[] spectrum = F.eigenvalues(covariance.to(DType.F64)).toFloats();
        double total = 0;
        for (float value : spectrum) {
            total += Math.max(value, 0);
        }
        double entropy = 0;
        for (float value : spectrum) {
            double share = value / Math.max(total, 1e-30);
            if (share > 1e-12) {
                entropy -= share * Math.log(share);
            }
        }
        return Math.exp(entropy);
    }

    /**
     * The shares of the targets' (B, T, D) variance that the position alone and the sample alone explain, and the share of their
     * mean square that one vector for the whole batch explains. Targets that depend on the position only are a collapse that no
     * guard of the variance sees. Shares are corrected for what averaging over few samples or positions explains by chance (the
     * adjusted R² of a one-way layout), so that independent targets give about 0 in any batch.
     *
     * @param layout whose padding is left out
     */
    public static List<Diagnostic> explained(Tensor targets_BTD, Layout layout, BatchStatistics statistics) {
        Tensor valid = Padding.valid(layout, targets_BTD.device());
        Tensor valid_BT1 = valid != null
                ? valid
                : Tensors.zeros(DType.F32, targets_BTD.device(), targets_BTD.size(0), targets_BTD.size(1), 1)
                        .add(1);
        double rows = statistics.sum(valid_BT1.sum()).item();
        Tensor x_BTD = targets_BTD.mul(valid_BT1);
        Tensor grand_11D = statistics.sum(x_BTD.sum(true, 0, 1)).mul(1 / rows);
        Tensor centred_BTD = x_BTD.sub(grand_11D).mul(valid_BT1);
        double total = Math.max(statistics.sum(centred_BTD.square().sum()).item(), 1e-12);
        double square = Math.max(statistics.sum(x_BTD.square().sum()).item(), 1e-12);
        double constant = rows * grand_11D.square().sum().item() / square;
        return List.of(
                Diagnostic.Definition.EXPLAINED_BY_POSITION.of(
                        adjusted(centred_BTD, valid_BT1, 0, total, rows, statistics)),
                Diagnostic.Definition.EXPLAINED_BY_SAMPLE.of(
                        adjusted(centred_BTD, valid_BT1, 1, total, rows, statistics)),
                Diagnostic.Definition.EXPLAINED_BY_BATCH_MEAN.of(constant));
    }

    /** The adjusted share of the variance that means over one dimension, samples (0) or positions (1), explain. */
    private static double adjusted(
            Tensor centred_BTD, Tensor valid_BT1, int dim, double total, double rows, BatchStatistics statistics) {
        Tensor count = valid_BT1.sum(true, dim);
        Tensor sum = centred_BTD.sum(true, dim);
        if (dim == 0 && statistics.isDistributed()) { // a position's values lie in all shares, whose lengths differ
            long longest = statistics.max(count.size(1));
            count = statistics.sum(lengthened(count, longest));
            sum = statistics.sum(lengthened(sum, longest));
        }
        Tensor mean = sum.div(count.clampMin(1));
        double between = mean.square().mul(count).sum().item();
        double groups = count.numel();
        if (dim == 1) { // a sample's values lie in one share
            double[] sums = statistics.sums(between, groups);
            between = sums[0];
            groups = sums[1];
        }
        if (rows <= groups) {
            return 0; // one value to a group: nothing can be told
        }
        return Math.max(0, 1 - (total - between) / total * (rows - 1) / (rows - groups));
    }

    private static Tensor lengthened(Tensor x_1TD, long positions) {
        long missing = positions - x_1TD.size(1);
        return missing == 0
                ? x_1TD
                : Tensors.cat(List.of(x_1TD, Tensors.zeros(DType.F32, x_1TD.device(), 1, missing, x_1TD.size(2))), 1);
    }

    /** The deviation of each stage's visible tokens, of an encoder that saw nothing else: pre-net and shared blocks, in order. */
    public static List<Diagnostic> stages(Encoder.Output output, MaskIndices view, BatchStatistics statistics) {
        return stages(output, view::visibleRows, statistics);
    }

    /**
     * The deviation of each stage's tokens: pre-net and shared blocks, in order.
     *
     * @param rows which rows (N, D) of a stage's tokens, extra ones left out, are measured
     */
    public static List<Diagnostic> stages(
            Encoder.Output output, UnaryOperator<Tensor> rows, BatchStatistics statistics) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        int stage = 0;
        for (List<Block.Output> part : List.of(output.prenet(), output.blocks())) {
            for (Block.Output block : part) {
                Tensor tokens = Encoder.withoutExtra(block.tokens_BTD(), output.extraTokens());
                diagnostics.add(Diagnostic.stageStd(stage++, deviation(rows.apply(tokens), statistics)));
            }
        }
        return diagnostics;
    }
}
