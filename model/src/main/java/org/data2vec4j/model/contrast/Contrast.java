package org.data2vec4j.model.contrast;

import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/**
 * Which of 1 + K targets is a position's own (wav2vec 2.0, arXiv 2006.11477, equation 3). Scores are (N, 1 + K), the own target
 * first. Shapes: N positions, K negatives, D features.
 */
public final class Contrast {
    private Contrast() {}

    /** Cosines of each position's context (N, D) with its own target (N, D) and its negatives' over a temperature, float32. */
    public static Tensor scores(Tensor context_ND, Tensor targets_ND, Negatives negatives, double temperature) {
        // One product for all pairs is N² numbers; gathering K target vectors for each position would be N·K·D.
        Tensor cosines_NN = F.normalize(context_ND.to(DType.F32))
                .matmul(F.normalize(targets_ND.to(DType.F32)).transpose(0, 1));
        return cosines_NN
                .reshape(-1)
                .indexSelect(0, pairs(negatives).to(context_ND.device()))
                .view(negatives.positions(), -1)
                .mul(1 / temperature);
    }

    private static Tensor pairs(Negatives negatives) {
        int candidates = 1 + negatives.count();
        long positions = negatives.positions();
        long[] pairs = new long[Math.toIntExact(positions * candidates)];
        for (int i = 0; i < pairs.length; i++) {
            int n = i / candidates;
            int k = i % candidates - 1;
            pairs[i] = n * positions + (k < 0 ? n : negatives.places()[n * negatives.count() + k]);
        }
        return Tensors.of(pairs, pairs.length);
    }

    /** The scores with some negatives left out: −∞. */
    public static Tensor without(Tensor scores, boolean[] excluded_NK) {
        return scores.add(candidates(excluded_NK, scores, Float.NEGATIVE_INFINITY));
    }

    /**
     * The scores with some negatives weakened: {@code factor} of those above 0; lower ones, which a factor below 1 would strengthen,
     * stay.
     */
    public static Tensor weakened(Tensor scores, boolean[] flags_NK, double factor) {
        return scores.sub(scores.clampMin(0).mul(candidates(flags_NK, scores, (float) (1 - factor))));
    }

    /** The scores with some negatives multiplied by {@code factor}, whatever their sign. */
    public static Tensor scaled(Tensor scores, boolean[] flags_NK, double factor) {
        return scores.sub(scores.mul(candidates(flags_NK, scores, (float) (1 - factor))));
    }

    /** (N, 1 + K): {@code value} where a negative is flagged, elsewhere 0. */
    private static Tensor candidates(boolean[] flags_NK, Tensor scores, float value) {
        int negatives = (int) scores.size(1) - 1;
        float[] values = new float[flags_NK.length / negatives * (negatives + 1)];
        for (int i = 0; i < flags_NK.length; i++) {
            values[i + i / negatives + 1] = flags_NK[i] ? value : 0;
        }
        Device device = scores.device();
        return Tensors.of(values, scores.shape()).to(device);
    }

    /** The cross-entropy of choosing the own target, summed over positions: a scalar. */
    public static Tensor loss(Tensor scores) {
        return F.logSoftmax(scores).select(1, 0).sum().mul(-1);
    }

    /** The share of positions, of all processes, whose own target scores above all others; waits for the device. */
    public static double accuracy(Tensor scores, BatchStatistics statistics) {
        float[] values = scores.toFloats();
        int candidates = (int) scores.size(1);
        int right = 0;
        for (int start = 0; start < values.length; start += candidates) {
            boolean best = true;
            for (int k = 1; k < candidates; k++) {
                best &= values[start] > values[start + k];
            }
            right += best ? 1 : 0;
        }
        double[] sums = statistics.sums(right, (double) values.length / candidates);
        return sums[0] / sums[1];
    }
}
