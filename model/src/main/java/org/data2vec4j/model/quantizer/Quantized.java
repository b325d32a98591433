package org.data2vec4j.model.quantizer;

import java.util.Arrays;
import java.util.List;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/**
 * Quantised features; how codes are used is measured over all shares of a batch that several processes have. N positions, G codebooks of V entries, D features.
 *
 * @param vectors_ND the chosen code words side by side; gradients pass to the choice's scores
 * @param chosen_NG the entry of each codebook that was chosen, of type I64
 * @param scores_NGV what the choice was made by, without noise, float32
 */
public record Quantized(Tensor vectors_ND, Tensor chosen_NG, Tensor scores_NGV) {
    /**
     * The perplexity of the mean probabilities, summed over codebooks: from G, all positions sure of one entry, to G·V, all
     * entries used alike. Part of the recorded graph: its distance from G·V is the diversity loss.
     */
    public Tensor probabilityPerplexity(BatchStatistics statistics) {
        Tensor probabilities_NGV = scores_NGV.softmax(-1);
        if (!statistics.isDistributed()) {
            return perplexity(probabilities_NGV.mean(false, 0));
        }
        double positions = statistics.sums((double) scores_NGV.size(0))[0];
        return perplexity(
                statistics.sumWithOwnGradient(probabilities_NGV.sum(false, 0)).mul(1 / positions));
    }

    /** The perplexity of how often each entry has the highest score, summed over codebooks; waits for the device. */
    public double codePerplexity(BatchStatistics statistics) {
        long[] best = scores_NGV.topK(1).indices().toLongs();
        int groups = (int) scores_NGV.size(1);
        int entries = (int) scores_NGV.size(2);
        double[] own = new double[groups * entries];
        for (int i = 0; i < best.length; i++) {
            own[i % groups * entries + (int) best[i]]++;
        }
        double[] counts = statistics.sums(own);
        double positions = Arrays.stream(counts).sum() / groups;
        double total = 0;
        for (int g = 0; g < groups; g++) {
            double entropy = 0;
            for (int v = 0; v < entries; v++) {
                double share = counts[g * entries + v] / positions;
                entropy -= share == 0 ? 0 : share * Math.log(share);
            }
            total += Math.exp(entropy);
        }
        return total;
    }

    /** How much of the codebooks is used, from 0, one entry of each alone, to 1, all alike; waits for the device. */
    public double use(BatchStatistics statistics) {
        double groups = (double) scores_NGV.size(1);
        return (codePerplexity(statistics) - groups) / (groups * scores_NGV.size(2) - groups);
    }

    /** How the codes are used: what to watch for a collapse of the codebooks. */
    public List<Diagnostic> diagnostics(BatchStatistics statistics) {
        return List.of(
                Diagnostic.Definition.CODE_PERPLEXITY.of(codePerplexity(statistics)),
                Diagnostic.Definition.CODE_USE.of(use(statistics)),
                Diagnostic.Definition.CODE_PROBABILITY_PERPLEXITY.of(
                        probabilityPerplexity(statistics).item()));
    }

    private static Tensor perplexity(Tensor shares_GV) {
        return shares_GV
                .mul(shares_GV.add(1e-7).log())
                .sum(false, -1)
                .mul(-1)
                .exp()
                .sum();
    }
}
