package org.data2vec4j.evaluation.suite;

import java.util.List;
import org.data2vec4j.core.Check;
import org.data2vec4j.evaluation.plane.Tsne;
import org.data2vec4j.evaluation.probe.AttentiveConfig;
import org.data2vec4j.evaluation.probe.KnnConfig;
import org.data2vec4j.evaluation.probe.RidgeConfig;

/**
 * What is measured and how; saved beside the scores.
 *
 * @param knn the vote
 * @param ridge the linear probe; its seed is replaced by each of {@code seeds}
 * @param attentive the attentive probe, and the linear one that is trained by gradients
 * @param shares of the labels, below 1, that low-label scores make do with
 * @param seeds of subsets, of what is held out, of probes, and of untrained encoders
 * @param tokenSamples training samples of the attentive probe, about; as many test samples at most
 * @param tokens of each sample that the attentive probe sees, at most
 * @param healthSamples test samples that health is measured on, about
 * @param mapSamples test samples on the map, about
 * @param perplexity of the map
 */
public record SuiteConfig(
        KnnConfig knn,
        RidgeConfig ridge,
        AttentiveConfig attentive,
        List<Double> shares,
        List<Long> seeds,
        int tokenSamples,
        int tokens,
        int healthSamples,
        int mapSamples,
        double perplexity) {
    /** 1 % and 10 % of the labels, three seeds. */
    public static final SuiteConfig DEFAULT = new SuiteConfig(
            KnnConfig.DEFAULT,
            RidgeConfig.DEFAULT,
            AttentiveConfig.DEFAULT,
            List.of(0.01, 0.1),
            List.of(0L, 1L, 2L),
            2000,
            64,
            1000,
            400,
            30);

    /** Checks the ranges. */
    public SuiteConfig {
        shares = List.copyOf(shares);
        seeds = List.copyOf(seeds);
        shares.forEach(share ->
                Check.setting(share > 0 && share < 1, "shares", "holds " + share + "; allowed: above 0 and below 1"));
        Check.setting(!seeds.isEmpty(), "seeds", "is empty; allowed: one or more");
        Check.setting(seeds.stream().distinct().count() == seeds.size(), "seeds", "names one twice: " + seeds);
        Check.positive("token_samples", tokenSamples);
        Check.positive("tokens", tokens);
        Check.inRange("health_samples", healthSamples, 4, 5000);
        Check.inRange("map_samples", mapSamples, 3, Tsne.MOST);
        Check.positive("perplexity", perplexity);
    }
}
