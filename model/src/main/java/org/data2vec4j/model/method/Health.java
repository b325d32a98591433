package org.data2vec4j.model.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** Signs of collapse, measured on features; each waits for the device. */
public final class Health {
    private Health() {}

    /** The mean over features of their standard deviation over rows (N, D), by two passes; the reference's variance monitor. */
    public static double deviation(Tensor x_ND) {
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

    /**
     * How many directions the rows (N, D) fill: exp of the entropy of the covariance's spectrum (Roy and Vetterli, 2007), from 1
     * (all on a line, or all equal) to D; NaN where a value is not finite.
     */
    public static double effectiveRank(Tensor x_ND) {
        Tensor x = x_ND.to(DType.F32);
        Tensor centred = x.sub(x.mean(true, 0));
        Tensor covariance = centred.transpose(0, 1).matmul(centred);
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
     * The shares of the targets' (B, T, D) variance that the position alone and the sample alone explain. Targets that depend on
     * the position only are a collapse that no variance guard sees.
     */
    public static List<Monitor> explained(Tensor targets_BTD) {
        double total =
                targets_BTD.sub(targets_BTD.mean(true, 0, 1)).square().mean().item();
        double floor = Math.max(total, 1e-12);
        Tensor grand = targets_BTD.mean(true, 0, 1);
        double position = targets_BTD.mean(true, 0).sub(grand).square().mean().item();
        double sample = targets_BTD.mean(true, 1).sub(grand).square().mean().item();
        return List.of(
                new Monitor("health/explained_by_position", position / floor),
                new Monitor("health/explained_by_sample", sample / floor));
    }

    /** The deviation of each stage's tokens over batch and positions: pre-net and shared blocks, in order. */
    public static List<Monitor> stages(Encoder.Output output) {
        List<Monitor> monitors = new ArrayList<>();
        int stage = 0;
        for (List<Block.Output> part : List.of(output.prenet(), output.blocks())) {
            for (Block.Output block : part) {
                Tensor tokens = Encoder.withoutExtra(block.tokens_BTD(), output.extraTokens());
                String name = String.format(Locale.ROOT, "health/deviation_block_%02d", stage++);
                monitors.add(new Monitor(name, deviation(tokens.reshape(-1, tokens.size(2)))));
            }
        }
        return monitors;
    }
}
