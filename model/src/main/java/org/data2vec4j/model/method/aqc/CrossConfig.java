package org.data2vec4j.model.method.aqc;

import org.data2vec4j.core.Check;
import org.data2vec4j.model.contrast.ContrastConfig;
import org.data2vec4j.model.method.wav2vec2.PenaltyConfig;

/**
 * The cross-contrastive losses: the student, which hears the changed recording, tells the clean recording's targets apart, and the
 * teacher, which hears the clean one, the changed recording's (section 2.4).
 *
 * @param weight of each of the two; 0 switches both off, and the penalties
 * @param task negatives, temperature and width of both
 * @param codes what their targets are made of
 * @param clusters what happens to negatives like the own target
 * @param penalty what is added beside them
 */
public record CrossConfig(
        double weight, ContrastConfig task, CodesConfig codes, ClustersConfig clusters, PenaltyConfig penalty) {
    /** Checks the range. */
    public CrossConfig {
        Check.notNegative("weight", weight);
    }

    /** The published settings. */
    public static CrossConfig defaults() {
        return new CrossConfig(
                0.5,
                ContrastConfig.defaults(),
                CodesConfig.Gumbel.defaults(),
                ClustersConfig.KMeans.defaults(),
                PenaltyConfig.defaults());
    }
}
