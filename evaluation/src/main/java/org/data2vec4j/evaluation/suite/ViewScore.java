package org.data2vec4j.evaluation.suite;

import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.KnnClassifier;
import org.data2vec4j.evaluation.probe.KnnConfig;
import org.data2vec4j.evaluation.probe.RidgeConfig;
import org.data2vec4j.evaluation.probe.RidgeProbe;
import org.data2vec4j.evaluation.probe.Score;

/**
 * How well classes are told apart by one view of frozen features.
 *
 * @param view the view; {@link FeatureView#DEFAULT} for features that have one view only
 * @param knn by the weighted vote of nearest neighbours
 * @param linear by ridge regression to the classes
 */
public record ViewScore(FeatureView view, Score knn, Score linear) {
    /** Classifies test samples by training samples. */
    static ViewScore of(FeatureView view, Features train, Features test, KnnConfig knn, RidgeConfig ridge) {
        return new ViewScore(
                view,
                new KnnClassifier(knn).score(train, test),
                new RidgeProbe(ridge).fit(train).score(test));
    }
}
