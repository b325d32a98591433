package org.data2vec4j.tensor;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Functional layers. Products (linear, attention, convolution) compute in {@link Autocast#type()}; each chooses the fastest
 * implementation for its device and type here, behind one call.
 */
public final class F {
    /** Below as many rows, setting up a convolution costs more than it saves. */
    private static final long SMALL_PRODUCT_ROWS = 64;

    private F() {}

    /**
     * {@code x·weightᵀ + bias}.
     *
     * @param x (…, in)
     * @param weight (out, in)
     * @param bias (out) or null
     * @return (…, out) in the autocast type
     */
    public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        DType type = Autocast.type();
        Tensor product = x.to(type);
        Tensor matrix = weight.to(type);
        Tensor offset = bias == null ? null : bias.to(type);
        Flops.product(2 * product.numel() * weight.size(0), product, matrix);
        if (!product.device().isCpu() || type != DType.F32) {
            return new Tensor(torch.linear(product.raw, matrix.raw, optional(offset)));
        }
        boolean many = product.numel() >= SMALL_PRODUCT_ROWS * product.size(-1);
        return many ? pointwiseLinear(product, matrix, offset) : plainLinear(product, matrix, offset);
    }

    /**
     * On a CPU in float32: as a convolution of one pixel, which oneDNN computes on the same threads as everything else. The plain
     * product goes to OpenBLAS, whose threads are others: they and libtorch's spin against each other for the same cores.
     */
    static Tensor pointwiseLinear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        long[] one = {1, 1};
        long in = x.size(-1);
        long out = weight.size(0);
        long rows = x.numel() / in;
        org.bytedeco.pytorch.Tensor columns =
                x.raw.contiguous().view(1, rows, 1, in).permute(0, 3, 1, 2);
        org.bytedeco.pytorch.Tensor kernel = weight.raw.view(out, in, 1, 1);
        org.bytedeco.pytorch.Tensor y = torch.conv2d(columns, kernel, optional(bias), one, new long[] {0, 0}, one, 1);
        long[] shape = x.shape();
        shape[shape.length - 1] = out;
        return new Tensor(y.permute(0, 2, 3, 1).reshape(shape));
    }

    /** On a CPU in float32 over few rows: product, then sum. The fused call is several times slower in this build of libtorch. */
    static Tensor plainLinear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        Tensor y = x.matmul(weight.transpose(0, 1));
        return bias == null ? y : y.add_(bias);
    }

    /**
     * Layer normalisation over the last dimension, in float32 statistics whatever the input's type.
     *
     * @param gain (D) or null
     * @param shift (D) or null
     */
    public static Tensor layerNorm(Tensor x, @Nullable Tensor gain, @Nullable Tensor shift, double epsilon) {
        return new Tensor(
                torch.layer_norm(x.raw, new long[] {x.size(-1)}, optional(gain), optional(shift), epsilon, true));
    }

    /**
     * Each sample's channels normalised over positions to mean 0 and variance 1 (biased), without parameters.
     *
     * @param x_BTD batch, positions, channels
     */
    public static Tensor instanceNorm(Tensor x_BTD, double epsilon) {
        return normalise(x_BTD, epsilon, 1);
    }

    /**
     * {@link #instanceNorm(Tensor, double)} over each sample's valid positions alone; the others become 0.
     *
     * @param valid_BT1 1 where a position is input, 0 where it is padding
     */
    public static Tensor instanceNorm(Tensor x_BTD, double epsilon, Tensor valid_BT1) {
        return normaliseValid(x_BTD, epsilon, valid_BT1, 1);
    }

    /**
     * Each channel normalised over batch and positions to mean 0 and variance 1 (biased), without parameters or running averages.
     *
     * @param x_BTD batch, positions, channels
     */
    public static Tensor batchNorm(Tensor x_BTD, double epsilon) {
        return normalise(x_BTD, epsilon, 0, 1);
    }

    /**
     * {@link #batchNorm(Tensor, double)} over the valid positions alone; the others become 0.
     *
     * @param valid_BT1 1 where a position is input, 0 where it is padding
     */
    public static Tensor batchNorm(Tensor x_BTD, double epsilon, Tensor valid_BT1) {
        return normaliseValid(x_BTD, epsilon, valid_BT1, 0, 1);
    }

    private static Tensor normalise(Tensor x, double epsilon, long... dims) {
        Tensor centred = x.sub(x.mean(true, dims));
        Tensor deviation = centred.square().mean(true, dims).add(epsilon).sqrt();
        return centred.div(deviation);
    }

    private static Tensor normaliseValid(Tensor x, double epsilon, Tensor valid, long... dims) {
        Tensor count = valid.sum(true, dims).clampMin(1);
        Tensor mean = x.mul(valid).sum(true, dims).div(count);
        Tensor centred = x.sub(mean).mul(valid);
        Tensor deviation =
                centred.square().sum(true, dims).div(count).add(epsilon).sqrt();
        return centred.div(deviation);
    }

    /** The hyperbolic tangent, element by element. */
    public static Tensor tanh(Tensor x) {
        return new Tensor(torch.tanh(x.raw));
    }

    /** Gaussian error linear unit, exact form (Hendrycks and Gimpel, 2016). */
    public static Tensor gelu(Tensor x) {
        return new Tensor(torch.gelu(x.raw));
    }

    /** Zeroes elements with probability {@code p} and scales the others by 1/(1−p); the identity for p = 0. */
    public static Tensor dropout(Tensor x, double p) {
        return p == 0 ? x : new Tensor(torch.dropout(x.raw, p, true));
    }

    /** Zeroes whole samples (dimension 0) with probability {@code p} and scales the others by 1/(1−p) (Huang et al., 2016). */
    public static Tensor dropPath(Tensor x, double p) {
        if (p == 0) {
            return x;
        }
        long[] shape = new long[x.shape().length];
        Arrays.fill(shape, 1);
        shape[0] = x.size(0);
        Tensor kept =
                Tensors.empty(x.type(), x.device(), shape).bernoulli_(1 - p).mul_(1 / (1 - p));
        return x.mul(kept);
    }

    /**
     * {@code softmax(q·kᵀ/√d + bias)·v}, with dropout {@code p} on the weights.
     *
     * @param q_BHTd queries
     * @param k_BHSd keys
     * @param v_BHSd values
     * @param bias added to the scores, broadcast to (B, H, T, S), or null
     * @return (B, H, T, d) in the inputs' type
     */
    public static Tensor attention(Tensor q_BHTd, Tensor k_BHSd, Tensor v_BHSd, @Nullable Tensor bias, double p) {
        long scores = q_BHTd.numel() / q_BHTd.size(-1) * k_BHSd.size(-2); // B·H·T·S
        Flops.product(2 * scores * q_BHTd.size(-1), q_BHTd, k_BHSd);
        Flops.product(2 * scores * v_BHSd.size(-1), q_BHTd.requiresGrad() ? q_BHTd : k_BHSd, v_BHSd);
        return fusedAttentionIsFaster(q_BHTd, bias)
                ? fusedAttention(q_BHTd, k_BHSd, v_BHSd, bias, p)
                : plainAttention(q_BHTd, k_BHSd, v_BHSd, bias, p);
    }

    /**
     * On a CPU, libtorch's fused kernel is the fast one in float32 where nothing is recorded, and over few positions; elsewhere its
     * backward is the slow part.
     */
    private static boolean fusedAttentionIsFaster(Tensor q, @Nullable Tensor bias) {
        if (!q.device().isCpu()) {
            return true;
        }
        if (!Grad.isRecorded()) {
            return q.type() == DType.F32; // there is no backward pass, and the scores are never in memory
        }
        boolean learnedBias = bias != null && bias.requiresGrad(); // the fused CPU kernel does not differentiate by it
        return q.type() == DType.F32 && q.size(2) <= 128 && !learnedBias;
    }

    static Tensor fusedAttention(Tensor q, Tensor k, Tensor v, @Nullable Tensor bias, double p) {
        TensorOptional mask = bias == null ? new TensorOptional() : new TensorOptional(bias.to(q.type()).raw);
        return new Tensor(torch.scaled_dot_product_attention(
                q.raw, k.raw, v.raw, mask, p, false, new org.bytedeco.pytorch.DoubleOptional(), false));
    }

    static Tensor plainAttention(Tensor q, Tensor k, Tensor v, @Nullable Tensor bias, double p) {
        Tensor scores_BHTS = q.mul(1 / Math.sqrt((double) q.size(-1))).matmul(k.transpose(-2, -1));
        if (bias != null) {
            scores_BHTS = scores_BHTS.add(bias.to(scores_BHTS.type()));
        }
        return dropout(scores_BHTS.softmax(-1), p).matmul(v);
    }

    /**
     * 2-D convolution over channels-last images, stride 1, zero padding on both sides.
     *
     * @param x_BHWC images
     * @param weight (out, C/groups, kernel, kernel)
     * @param bias (out) or null
     * @return (B, H′, W′, out) in the autocast type, in channels-last memory
     */
    public static Tensor conv2d(Tensor x_BHWC, Tensor weight, @Nullable Tensor bias, long padding, long groups) {
        return convolve(x_BHWC, weight, bias, new long[] {1, 1}, new long[] {padding, padding}, groups);
    }

    /**
     * 1-D convolution over channels-last sequences, zero padding on both ends.
     *
     * @param x_BTC sequences
     * @param weight (out, C/groups, kernel)
     * @param bias (out) or null
     * @return (B, T′, out) in the autocast type
     */
    public static Tensor conv1d(
            Tensor x_BTC, Tensor weight, @Nullable Tensor bias, long stride, long padding, long groups) {
        Tensor row_B1TC = x_BTC.unsqueeze(1);
        Tensor kernel = weight.unsqueeze(2); // (out, C/groups, 1, kernel)
        Tensor y_B1TC = convolve(row_B1TC, kernel, bias, new long[] {1, stride}, new long[] {0, padding}, groups);
        return y_B1TC.select(1, 0);
    }

    private static Tensor convolve(
            Tensor x_BHWC, Tensor weight, @Nullable Tensor bias, long[] stride, long[] padding, long groups) {
        DType type = Autocast.type();
        TensorOptional offset = optional(bias == null ? null : bias.to(type));
        // A permuted view of channels-last memory is what oneDNN and cuDNN want: no copy is made.
        org.bytedeco.pytorch.Tensor y_BCHW = torch.conv2d(
                x_BHWC.to(type).raw.permute(0, 3, 1, 2),
                weight.to(type).raw,
                offset,
                stride,
                padding,
                new long[] {1, 1},
                groups);
        Flops.product(2 * y_BCHW.numel() * (weight.numel() / weight.size(0)), x_BHWC, weight);
        return new Tensor(y_BCHW.permute(0, 2, 3, 1));
    }

    /**
     * Rows of a table.
     *
     * @param table (entries, D)
     * @param ids any shape, of type I64, each below the number of entries
     * @param fixed an entry that learns nothing, or −1
     * @return the ids' shape with D behind it
     */
    public static Tensor embedding(Tensor table, Tensor ids, long fixed) {
        return new Tensor(torch.embedding(table.raw, ids.raw, fixed, false, false));
    }

    /** The logarithm of the softmax over the last dimension, in float32. */
    public static Tensor logSoftmax(Tensor x) {
        return new Tensor(torch.log_softmax(x.to(DType.F32).raw, -1));
    }

    /**
     * Connectionist temporal classification (Graves et al., 2006): the sum over samples of −log of the probability that the frames
     * spell the labels. A sample whose labels do not fit into its frames counts as 0, with no gradient.
     *
     * @param logs_TBV log-probabilities, frames first
     * @param labels all samples' labels, one after the other
     * @param frames frames of each sample
     * @param lengths labels of each sample
     * @param blank the number of the blank
     */
    public static Tensor ctc(Tensor logs_TBV, long[] labels, long[] frames, long[] lengths, int blank) {
        Tensor targets = Tensors.of(labels, labels.length).to(logs_TBV.device());
        return new Tensor(torch.ctc_loss(logs_TBV.raw, targets.raw, frames, lengths, blank, 2, true)); // 2: sum
    }

    /** Squared differences, element by element. */
    public static Tensor squaredError(Tensor prediction, Tensor target) {
        return prediction.sub(target).square();
    }

    /** Smooth L1 (Huber scaled by 1/β; Girshick 2015), element by element: quadratic below β, linear above. */
    public static Tensor smoothL1(Tensor prediction, Tensor target, double beta) {
        return new Tensor(torch.smooth_l1_loss(prediction.raw, target.raw, 0L, beta)); // 0: no reduction
    }

    /** Eigenvalues of a symmetric matrix, ascending. */
    public static Tensor eigenvalues(Tensor symmetric) {
        return new Tensor(torch.linalg_eigvalsh(symmetric.raw));
    }

    /** The lower triangular L with L·Lᵀ = A for a symmetric positive definite matrix A. */
    public static Tensor cholesky(Tensor a) {
        return new Tensor(torch.linalg_cholesky(a.raw));
    }

    /** The solution X of A·X = B for a regular matrix A. */
    public static Tensor solve(Tensor a, Tensor b) {
        return new Tensor(torch.linalg_solve(a.raw, b.raw));
    }

    /** The rows' L2-normalised directions, over the last dimension. */
    public static Tensor normalize(Tensor x) {
        Tensor norm =
                new Tensor(x.raw.norm(new org.bytedeco.pytorch.ScalarOptional(new Scalar(2.0)), new long[] {-1}, true));
        return x.div(norm.clampMin(1e-12));
    }

    /** Whether every element is finite; waits for the device. */
    public static boolean allFinite(Tensor x) {
        return torch.isfinite(x.raw).all().item_bool();
    }

    private static TensorOptional optional(@Nullable Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor.raw);
    }
}
