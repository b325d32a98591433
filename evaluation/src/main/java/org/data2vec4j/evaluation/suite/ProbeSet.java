package org.data2vec4j.evaluation.suite;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.evaluation.probe.AttentiveProbe;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.KnnClassifier;
import org.data2vec4j.evaluation.probe.LabelSubset;
import org.data2vec4j.evaluation.probe.RidgeConfig;
import org.data2vec4j.evaluation.probe.RidgeProbe;
import org.data2vec4j.evaluation.probe.Score;
import org.data2vec4j.evaluation.probe.TokenFeatures;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.data.LabelledDataset;

/** All probes on one subject's features, by one seed. */
final class ProbeSet {
    private static final long LAYER = 0x6C61796572L;

    private final SuiteConfig config;
    private final LabelledDataset samples;
    private final ScoreTable table;

    ProbeSet(SuiteConfig config, LabelledDataset samples, ScoreTable table) {
        this.config = config;
        this.samples = samples;
        this.table = table;
    }

    /**
     * Scores an encoder's features.
     *
     * @param again the same features have been scored by another seed: what no seed has a part in is left out
     */
    void encoder(String subject, FrozenFeatures train, FrozenFeatures test, long seed, boolean again) {
        features(subject, train.last(), test.last(), seed, again);
        FeatureView best = best(train.views(), seed);
        Score layer = new RidgeProbe(ridge(seed)).fit(train.view(best)).score(test.view(best));
        table.add(Probe.LINEAR_BEST, 1, subject, layer, best.label());
        trained(Probe.ATTENTIVE, subject, train.tokens(), test.tokens(), seed);
    }

    /**
     * Scores features of one layer and one token: the best layer is that one, and attention has one token to gather.
     *
     * @param trainTokens the samples that an encoder's tokens are kept of; the same for {@code testTokens}
     */
    void raw(
            String subject,
            Features train,
            Features test,
            Set<Integer> trainTokens,
            Set<Integer> testTokens,
            long seed,
            boolean again) {
        table.add(Probe.LINEAR_BEST, 1, subject, features(subject, train, test, seed, again), "");
        try (Scope scope = Scope.open()) {
            trained(Probe.ATTENTIVE, subject, single(train, trainTokens), single(test, testTokens), seed);
        }
    }

    private static TokenFeatures single(Features features, Set<Integer> of) {
        return TokenFeatures.single(features.select(IntStream.range(0, features.size())
                .filter(row -> of.contains((int) features.ids()[row]))
                .toArray()));
    }

    /** Returns the linear probe's. */
    private Score features(String subject, Features train, Features test, long seed, boolean again) {
        if (!again) {
            table.add(Probe.KNN, 1, subject, new KnnClassifier(config.knn()).score(train, test), "");
        }
        Score linear = new RidgeProbe(ridge(seed)).fit(train).score(test);
        table.add(Probe.LINEAR, 1, subject, linear, "");
        trained(Probe.LINEAR_TRAINED, subject, TokenFeatures.single(train), TokenFeatures.single(test), seed);
        for (double share : config.shares()) {
            try (Scope scope = Scope.open()) {
                Features few = train.select(LabelSubset.rows(train.labels(), ids(train), share, seed));
                table.add(Probe.KNN, share, subject, new KnnClassifier(config.knn()).score(few, test), "");
                table.add(
                        Probe.LINEAR,
                        share,
                        subject,
                        new RidgeProbe(ridge(seed)).fit(few).score(test),
                        "");
            }
        }
        return linear;
    }

    /** The attentive probe, or its linear form on single tokens. */
    void trained(Probe probe, String subject, TokenFeatures train, TokenFeatures test, long seed) {
        AttentiveProbe.Result result = new AttentiveProbe(config.attentive()).run(train, test, seed);
        table.add(probe, 1, subject, result.score(), String.format(Locale.ROOT, "rate %.0e", result.rate()));
    }

    /** The view whose probe does best on held-out training samples; of equals the later. */
    private FeatureView best(Map<FeatureView, Features> views, long seed) {
        FeatureView best = FeatureView.DEFAULT;
        int most = -1;
        for (Map.Entry<FeatureView, Features> view : views.entrySet()) {
            try (Scope scope = Scope.open()) {
                Features all = view.getValue().labelled();
                int[] order = Rng.of(seed, LAYER).permutation(all.size());
                int held = (int) Math.max(1, Math.round(config.ridge().heldOut() * all.size()));
                int correct = new RidgeProbe(ridge(seed))
                        .fit(all.select(Arrays.copyOfRange(order, held, order.length)))
                        .score(all.select(Arrays.copyOf(order, held)))
                        .correct();
                if (correct >= most) {
                    most = correct;
                    best = view.getKey();
                }
            }
        }
        return best;
    }

    private RidgeConfig ridge(long seed) {
        return new RidgeConfig(config.ridge().lambdas(), config.ridge().heldOut(), seed);
    }

    private long[] ids(Features features) {
        return Arrays.stream(features.ids()).map(i -> samples.id((int) i)).toArray();
    }
}
