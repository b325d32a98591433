package org.data2vec4j.evaluation.suite;

import java.util.List;
import org.data2vec4j.evaluation.probe.FeatureView;

/**
 * Everything that was measured of a run's encoders.
 *
 * @param scores by probe, share and subject
 * @param sweep by subject and view
 * @param health by subject and view
 * @param likeness how alike the layers of all encoders are
 * @param map where samples lie
 * @param subsets which samples the low-label scores used
 */
public record SuiteResult(
        List<SuiteScore> scores,
        List<LayerScore> sweep,
        List<LayerHealth> health,
        Likeness likeness,
        PointMap map,
        List<Subset> subsets) {
    /** Copies the lists. */
    public SuiteResult {
        scores = List.copyOf(scores);
        sweep = List.copyOf(sweep);
        health = List.copyOf(health);
        subsets = List.copyOf(subsets);
    }

    /** Percent by k-NN and linear probe on one view, all labels, the first seed. */
    public record LayerScore(String subject, FeatureView view, double knn, double linear) {}

    /**
     * The health of one view.
     *
     * @param effectiveRank the entropy's exponential of the covariance's spectrum, up to the width
     * @param width features
     * @param uniformity lower is more even; see {@link org.data2vec4j.evaluation.health.Sphere}
     * @param classAlignment mean squared distance of directions within a class; lower is closer
     * @param viewAlignment the same of two augmented views of one sample; NaN where there are none
     */
    public record LayerHealth(
            String subject,
            FeatureView view,
            double effectiveRank,
            int width,
            double uniformity,
            double classAlignment,
            double viewAlignment) {}

    /** Debiased linear CKA of each layer with each; names as {@code student 3}, the last layer's {@code student last}. */
    @SuppressWarnings("ArrayRecordComponent") // a matrix for a picture; never compared
    public record Likeness(List<String> layers, double[][] cka, int samples) {
        /** Copies the list. */
        public Likeness {
            layers = List.copyOf(layers);
        }
    }

    /** Test samples in the plane; indices are of the test samples. */
    @SuppressWarnings("ArrayRecordComponent") // points for a picture; never compared
    public record PointMap(String subject, int[] indices, double[][] places) {}

    /**
     * The training samples of a low-label score, by their stable numbers, ascending.
     *
     * @param fingerprint a hash of the numbers
     */
    public record Subset(double share, long seed, List<Long> ids, String fingerprint) {
        /** Copies the list. */
        public Subset {
            ids = List.copyOf(ids);
        }
    }
}
