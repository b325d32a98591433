package org.data2vec4j.evaluation.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.data2vec4j.core.Check;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.Neighbours;
import org.data2vec4j.evaluation.probe.Score;
import org.data2vec4j.evaluation.probe.WeightedSumProbe;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.data.LabelledDataset;
import org.data2vec4j.train.data.LabelledSplit;
import org.jspecify.annotations.Nullable;

/**
 * The short evaluation of frozen encoders: k-NN and linear probe by the settings and the first seed of {@link EvaluationSuite}, beside
 * the same two controls, the encoder untrained and the baseline features. The controls are computed when they are first asked for and
 * kept, so that later encoders cost one pass each. It holds numbers only, no tensors; used by one thread; the data is not closed.
 */
public final class FrozenEvaluation {
    /** The seed of the untrained encoder: the first of {@link SuiteConfig#DEFAULT}. */
    public static final long SEED = 0;

    private final FrozenConfig config;
    private final LabelledSplit data;
    private final Device device;
    private final DType products;
    private final LongFunction<Encoder> untrained;
    private @Nullable List<ViewScore> untrainedScores;
    private @Nullable ViewScore baselineScore;

    /**
     * An evaluation.
     *
     * @param products element type of the products of the encoders
     * @param untrained makes the encoder at random initialisation by a seed, placed, in the scope open then
     */
    public FrozenEvaluation(
            FrozenConfig config, LabelledSplit data, Device device, DType products, LongFunction<Encoder> untrained) {
        this.config = config;
        this.data = data;
        this.device = device;
        this.products = products;
        this.untrained = untrained;
    }

    /**
     * The scores of an encoder as it is now, view by view; nothing native stays behind.
     *
     * @throws org.data2vec4j.core.UserException if the encoder does not have a view, or its features are not finite
     */
    public List<ViewScore> scores(Encoder encoder) {
        try (Scope scope = Scope.open()) {
            FrozenFeatures train = features(encoder, data.train());
            FrozenFeatures test = features(encoder, data.test());
            List<ViewScore> scores = new ArrayList<>();
            for (FeatureView view : train.views().keySet()) {
                scores.add(ViewScore.of(view, train.view(view), test.view(view), config.knn(), config.ridge()));
            }
            return List.copyOf(scores);
        }
    }

    /** The scores of the untrained encoder, view by view. */
    public List<ViewScore> untrained() {
        List<ViewScore> known = untrainedScores;
        if (known == null) {
            try (Scope scope = Scope.open()) {
                known = scores(untrained.apply(SEED));
            }
            untrainedScores = known;
        }
        return known;
    }

    /** The scores of the baseline features. */
    public ViewScore baseline() {
        ViewScore known = baselineScore;
        if (known == null) {
            try (Scope scope = Scope.open()) {
                known = ViewScore.of(
                        FeatureView.DEFAULT,
                        FrozenFeatures.baseline(data.train()),
                        FrozenFeatures.baseline(data.test()),
                        config.knn(),
                        config.ridge());
            }
            baselineScore = known;
        }
        return known;
    }

    /** The linear probe on the learned weighted sum of the outputs of all blocks; see {@link WeightedSumProbe}. */
    public Score layerSum(Encoder encoder) {
        try (Scope scope = Scope.open()) {
            return WeightedSumProbe.run(blocks(encoder, data.train()), blocks(encoder, data.test()), SEED)
                    .score();
        }
    }

    /** The same of the untrained encoder. */
    public Score untrainedLayerSum() {
        try (Scope scope = Scope.open()) {
            return layerSum(untrained.apply(SEED));
        }
    }

    /**
     * For {@code queries} samples spread over the test samples, the {@code top} nearest of the training samples by the first view; ids
     * are indices into the two datasets.
     */
    public List<Neighbours.Query> neighbours(Encoder encoder, int queries, int top) {
        try (Scope scope = Scope.open()) {
            List<FeatureView> view = List.of(config.views().get(0));
            Features train = FrozenFeatures.of(encoder, data.train(), device, products, view)
                    .view(view.get(0));
            Features test = FrozenFeatures.of(encoder, data.test(), device, products, view)
                    .view(view.get(0));
            int count = Math.min(Check.positive("neighbours.queries", queries), test.size());
            int[] rows = new int[count];
            Arrays.setAll(rows, i -> (int) ((long) i * test.size() / count));
            return Neighbours.find(train, test.select(rows), top);
        }
    }

    private FrozenFeatures features(Encoder encoder, LabelledDataset samples) {
        List<FeatureView> views = config.views();
        return FrozenFeatures.of(
                encoder, samples, device, products, views.isEmpty() ? FeatureView.means(encoder.config()) : views);
    }

    private List<Features> blocks(Encoder encoder, LabelledDataset samples) {
        List<FeatureView> views = FeatureView.means(encoder.config()).stream()
                .filter(view -> view.layer() != FeatureView.LAST)
                .toList();
        FrozenFeatures features = FrozenFeatures.of(encoder, samples, device, products, views);
        return views.stream().map(features::view).toList();
    }
}
