package org.data2vec4j.evaluation.probe;

import java.util.List;
import org.data2vec4j.core.Check;

/**
 * What is measured on frozen features.
 *
 * @param views the features looked at, each a row of every metric
 * @param knn the nearest-neighbour vote
 * @param probe the linear probe
 */
public record EvaluationConfig(List<FeatureView> views, KnnConfig knn, RidgeConfig probe) {
    /** The mean of the final features, with the usual vote and probe. */
    public static final EvaluationConfig DEFAULT =
            new EvaluationConfig(List.of(FeatureView.DEFAULT), KnnConfig.DEFAULT, RidgeConfig.DEFAULT);

    /** Pictures that classify, unless told otherwise. */
    public static final int BANK = 10_000;

    /** Pictures that are classified, at most, unless told otherwise. */
    public static final int TEST = 10_000;

    /** Needs at least one view, and none twice. */
    public EvaluationConfig {
        views = List.copyOf(views);
        Check.setting(!views.isEmpty(), "views", "is empty; allowed: one or more");
        Check.setting(views.stream().distinct().count() == views.size(), "views", "names a view twice: " + views);
    }
}
