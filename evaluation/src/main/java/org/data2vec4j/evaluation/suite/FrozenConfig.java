package org.data2vec4j.evaluation.suite;

import java.util.List;
import org.data2vec4j.core.Check;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.KnnConfig;
import org.data2vec4j.evaluation.probe.RidgeConfig;

/**
 * What the short evaluation measures on frozen features.
 *
 * @param views the views that are scored; empty for the mean of every block and of the final features
 * @param knn the vote of nearest neighbours
 * @param ridge the linear probe
 */
public record FrozenConfig(List<FeatureView> views, KnnConfig knn, RidgeConfig ridge) {
    /** The mean of the final features, with the vote and the probe of {@link SuiteConfig#DEFAULT}. */
    public static final FrozenConfig DEFAULT =
            new FrozenConfig(List.of(FeatureView.DEFAULT), SuiteConfig.DEFAULT.knn(), SuiteConfig.DEFAULT.ridge());

    /** Copies the list and refuses a view that is named twice. */
    public FrozenConfig {
        views = List.copyOf(views);
        Check.setting(views.stream().distinct().count() == views.size(), "views", "names a view twice: " + views);
    }
}
