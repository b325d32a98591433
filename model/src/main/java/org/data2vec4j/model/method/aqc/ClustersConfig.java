package org.data2vec4j.model.method.aqc;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.model.contrast.Contrast;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/** What happens to negatives that are much like the position's own target (section 2.3, "clustering"). */
public sealed interface ClustersConfig {
    /** Nothing: C switched off. */
    @Kind("none")
    record None() implements ClustersConfig {}

    /**
     * Those in the cluster of the own target are weakened.
     *
     * @param factor positions of the longest recording to a cluster; there are at least two clusters
     * @param scale what their scores are multiplied by, 0 to 1
     * @param iterations of the clustering, at most
     * @param scaling of which scores
     */
    @Kind("k_means")
    record KMeans(int factor, double scale, int iterations, Scaling scaling) implements ClustersConfig {
        /** Checks the ranges. */
        public KMeans {
            Check.positive("factor", factor);
            Check.inRange("scale", scale, 0, 1);
            Check.inRange("iterations", iterations, 0, 10_000);
        }

        /** The published settings, of scores above 0 alone. */
        public static KMeans defaults() {
            return new KMeans(16, 0.3, 20, Scaling.WEAKEN);
        }

        /** How many clusters there are in a batch of so many positions to a recording. */
        int count(int positions) {
            return Math.max(2, positions / factor);
        }

        /** The scores (N, 1 + K) with those of flagged negatives multiplied. */
        Tensor apply(Tensor scores, boolean[] flags, boolean[] equal, BatchStatistics statistics) {
            return scaling.apply(scores, flags, equal, scale, statistics);
        }
    }

    /** Which scores are multiplied. */
    enum Scaling {
        /** Those above 0; a lower one would grow. */
        WEAKEN {
            @Override
            Tensor apply(Tensor scores, boolean[] flags, boolean[] equal, double scale, BatchStatistics statistics) {
                return Contrast.weakened(scores, flags, scale);
            }
        },
        /** As fairseq: all, but only in a batch in which some negative has the very codes of its position's own target. */
        FAIRSEQ {
            @Override
            Tensor apply(Tensor scores, boolean[] flags, boolean[] equal, double scale, BatchStatistics statistics) {
                int count = 0;
                for (boolean flag : equal) {
                    count += flag ? 1 : 0;
                }
                return statistics.sums(count)[0] > 0 ? Contrast.scaled(scores, flags, scale) : scores;
            }
        };

        abstract Tensor apply(
                Tensor scores, boolean[] flags, boolean[] equal, double scale, BatchStatistics statistics);
    }
}
