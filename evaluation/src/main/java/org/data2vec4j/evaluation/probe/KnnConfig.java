package org.data2vec4j.evaluation.probe;

import org.data2vec4j.core.Check;

/**
 * The weighted vote of nearest neighbours.
 *
 * @param k neighbours that vote; all, if the bank has fewer
 * @param temperature by which similarities are divided: a small one listens to the nearest only
 * @param space in which neighbours are near
 */
public record KnnConfig(int k, double temperature, KnnSpace space) {
    /** What DINO (Caron et al., 2021) reports: 20 neighbours, temperature 0.07. */
    public static final KnnConfig DEFAULT = new KnnConfig(20, 0.07, KnnSpace.RAW);

    /** Checks the ranges. */
    public KnnConfig {
        Check.positive("k", k);
        Check.positive("temperature", temperature);
    }
}
