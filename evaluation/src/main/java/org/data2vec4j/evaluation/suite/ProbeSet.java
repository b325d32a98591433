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

/** All probes on one subject's features, by one seed. */
final class ProbeSet {
    private static final long LAYER = 0x6C61796572L;

    private final SuiteConfig config;
    private final Samples bank;
    private final ScoreTable table;

    ProbeSet(SuiteConfig config, Samples bank, ScoreTable table) {
        this.config = config;
        this.bank = bank;
        this.table = table;
    }

    /**
     * Scores an encoder's features.
     *
     * @param again the same features have been scored by another seed: what no seed has a part in is left out
     */
    void encoder(String subject, FrozenFeatures known, FrozenFeatures asked, long seed, boolean again) {
        features(subject, known.last(), asked.last(), seed, again);
        FeatureView best = best(known.views(), seed);
        Score layer = new RidgeProbe(ridge(seed)).fit(known.view(best)).score(asked.view(best));
        table.add(Probe.LINEAR_BEST, 1, subject, layer, best.label());
        trained(Probe.ATTENTIVE, subject, known.tokens(), asked.tokens(), seed);
    }

    /**
     * Scores features of one layer and one token: the best layer is that one, and attention has one token to gather.
     *
     * @param knownTokens the samples that an encoder's tokens are kept of; the same for {@code askedTokens}
     */
    void raw(
            String subject,
            Features known,
            Features asked,
            Set<Integer> knownTokens,
            Set<Integer> askedTokens,
            long seed,
            boolean again) {
        table.add(Probe.LINEAR_BEST, 1, subject, features(subject, known, asked, seed, again), "");
        try (Scope scope = Scope.open()) {
            trained(Probe.ATTENTIVE, subject, single(known, knownTokens), single(asked, askedTokens), seed);
        }
    }

    private static TokenFeatures single(Features features, Set<Integer> of) {
        return TokenFeatures.single(features.select(IntStream.range(0, features.size())
                .filter(row -> of.contains((int) features.ids()[row]))
                .toArray()));
    }

    /** Returns the linear probe's. */
    private Score features(String subject, Features known, Features asked, long seed, boolean again) {
        if (!again) {
            table.add(Probe.KNN, 1, subject, new KnnClassifier(config.knn()).score(known, asked), "");
        }
        Score linear = new RidgeProbe(ridge(seed)).fit(known).score(asked);
        table.add(Probe.LINEAR, 1, subject, linear, "");
        trained(Probe.LINEAR_TRAINED, subject, TokenFeatures.single(known), TokenFeatures.single(asked), seed);
        for (double share : config.shares()) {
            try (Scope scope = Scope.open()) {
                Features few = known.select(LabelSubset.rows(known.labels(), ids(known), share, seed));
                table.add(Probe.KNN, share, subject, new KnnClassifier(config.knn()).score(few, asked), "");
                table.add(
                        Probe.LINEAR,
                        share,
                        subject,
                        new RidgeProbe(ridge(seed)).fit(few).score(asked),
                        "");
            }
        }
        return linear;
    }

    /** The attentive probe, or its linear form on single tokens. */
    void trained(Probe probe, String subject, TokenFeatures known, TokenFeatures asked, long seed) {
        AttentiveProbe.Result result = new AttentiveProbe(config.attentive()).run(known, asked, seed);
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
        return Arrays.stream(features.ids()).map(i -> bank.id((int) i)).toArray();
    }
}
