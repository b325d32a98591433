package org.data2vec4j.evaluation.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.data2vec4j.evaluation.plane.Tsne;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.KnnClassifier;
import org.data2vec4j.evaluation.probe.LabelSubset;
import org.data2vec4j.evaluation.probe.RidgeProbe;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The whole evaluation of frozen encoders on labelled samples: every score beside two controls, the same encoder untrained, anew for
 * each seed, and raw features. What is chosen, such as a penalty, a rate or a layer, is chosen on training samples that are held out;
 * test samples only score. Nothing native stays behind.
 */
public final class EvaluationSuite {
    /** The subject of untrained encoders. */
    public static final String RANDOM = "random";

    /** The subject of raw features. */
    public static final String RAW = "raw";

    private static final long FIXED = 0; // keys what is chosen once for all subjects and seeds

    private final SuiteConfig config;
    private final Samples bank;
    private final Samples test;
    private final Device device;
    private final DType products;
    private final Consumer<String> told;
    private final Set<Integer> bankTokens;
    private final Set<Integer> testTokens;

    /**
     * An evaluation.
     *
     * @param bank samples that classify
     * @param test samples that are classified
     * @param products element type of the encoders' products
     * @param told what is being done
     */
    public EvaluationSuite(
            SuiteConfig config, Samples bank, Samples test, Device device, DType products, Consumer<String> told) {
        this.config = config;
        this.bank = bank;
        this.test = test;
        this.device = device;
        this.products = products;
        this.told = told;
        this.bankTokens = some(bank, config.tokenSamples());
        this.testTokens = some(test, config.tokenSamples());
    }

    /**
     * Measures everything.
     *
     * @param encoders by name, the first is drawn on the map
     * @param untrained makes the encoder at random initialisation by a seed, placed, in the scope open then
     */
    public SuiteResult run(Map<String, Encoder> encoders, LongFunction<Encoder> untrained) {
        ScoreTable table = new ScoreTable();
        ProbeSet battery = new ProbeSet(config, bank, table);
        List<SuiteResult.LayerScore> sweep = new ArrayList<>();
        HealthCheck health = new HealthCheck(config, test, products, device);
        SuiteResult.@Nullable PointMap map = null;
        for (Map.Entry<String, Encoder> encoder : encoders.entrySet()) {
            try (Scope scope = Scope.open()) {
                told.accept(encoder.getKey() + ": features");
                FrozenFeatures known = features(encoder.getValue(), bank, bankTokens);
                FrozenFeatures asked = features(encoder.getValue(), test, testTokens);
                told.accept(encoder.getKey() + ": probes");
                for (long seed : config.seeds()) {
                    battery.encoder(
                            encoder.getKey(),
                            known,
                            asked,
                            seed,
                            seed != config.seeds().get(0));
                }
                sweep.addAll(sweep(encoder.getKey(), known, asked));
                health.add(encoder.getKey(), encoder.getValue(), asked);
                map = map == null ? map(encoder.getKey(), asked.last()) : map;
            }
        }
        for (long seed : config.seeds()) {
            try (Scope scope = Scope.open()) {
                told.accept("untrained, seed " + seed + ": features and probes");
                Encoder encoder = untrained.apply(seed);
                FrozenFeatures known = features(encoder, bank, bankTokens);
                FrozenFeatures asked = features(encoder, test, testTokens);
                battery.encoder(RANDOM, known, asked, seed, false);
                if (seed == config.seeds().get(0)) {
                    sweep.addAll(sweep(RANDOM, known, asked));
                    health.add(RANDOM, encoder, asked);
                }
            }
        }
        try (Scope scope = Scope.open()) {
            told.accept(bank.rawName() + ": probes");
            Features known = bank.raw();
            Features asked = test.raw();
            for (long seed : config.seeds()) {
                battery.raw(
                        RAW,
                        known,
                        asked,
                        bankTokens,
                        testTokens,
                        seed,
                        seed != config.seeds().get(0));
            }
        }
        return new SuiteResult(
                table.scores(),
                sweep,
                health.rows(),
                health.likeness(),
                Objects.requireNonNull(map, "no encoder"),
                subsets());
    }

    private FrozenFeatures features(Encoder encoder, Samples samples, Set<Integer> tokensOf) {
        return FrozenFeatures.of(encoder, samples, device, products, tokensOf, config.tokens());
    }

    private List<SuiteResult.LayerScore> sweep(String subject, FrozenFeatures known, FrozenFeatures asked) {
        List<SuiteResult.LayerScore> scores = new ArrayList<>();
        for (FeatureView view : known.views().keySet()) {
            Features features = known.view(view);
            Features queries = asked.view(view);
            scores.add(new SuiteResult.LayerScore(
                    subject,
                    view,
                    new KnnClassifier(config.knn()).score(features, queries).percent(),
                    new RidgeProbe(config.ridge()).fit(features).score(queries).percent()));
        }
        return scores;
    }

    private SuiteResult.PointMap map(String subject, Features features) {
        try (Scope scope = Scope.open()) {
            int[] rows = LabelSubset.about(features.labels(), features.ids(), config.mapSamples(), FIXED);
            Features chosen = features.select(Arrays.copyOf(rows, Math.min(rows.length, Tsne.MOST)));
            float[] unit = F.unit(chosen.features_ND()).toFloats(); // by direction, as neighbours are found
            int width = chosen.width();
            double[][] x = new double[chosen.size()][width];
            for (int i = 0; i < unit.length; i++) {
                x[i / width][i % width] = unit[i];
            }
            int[] indices = Arrays.stream(chosen.ids()).mapToInt(id -> (int) id).toArray();
            return new SuiteResult.PointMap(subject, indices, Tsne.embed(x, config.perplexity(), FIXED));
        }
    }

    /** Which samples the low-label scores use. */
    private List<SuiteResult.Subset> subsets() {
        int[] labels = labels(bank);
        long[] ids = ids(bank);
        List<SuiteResult.Subset> subsets = new ArrayList<>();
        for (double share : config.shares()) {
            for (long seed : config.seeds()) {
                int[] rows = LabelSubset.rows(labels, ids, share, seed);
                List<Long> chosen =
                        Arrays.stream(rows).mapToObj(row -> ids[row]).sorted().toList();
                subsets.add(new SuiteResult.Subset(share, seed, chosen, LabelSubset.fingerprint(rows, ids)));
            }
        }
        return subsets;
    }

    private static Set<Integer> some(Samples samples, int most) {
        return Arrays.stream(LabelSubset.about(labels(samples), ids(samples), most, FIXED))
                .boxed()
                .collect(Collectors.toSet());
    }

    private static int[] labels(Samples samples) {
        return IntStream.range(0, samples.size()).map(samples::label).toArray();
    }

    private static long[] ids(Samples samples) {
        return IntStream.range(0, samples.size()).mapToLong(samples::id).toArray();
    }
}
