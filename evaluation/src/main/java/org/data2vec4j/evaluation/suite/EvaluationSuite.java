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
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.LabelSubset;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.data.LabelledDataset;
import org.data2vec4j.train.data.LabelledSplit;
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
    private final LabelledDataset train;
    private final LabelledDataset test;
    private final Device device;
    private final DType products;
    private final Consumer<String> told;
    private final Set<Integer> trainTokens;
    private final Set<Integer> testTokens;

    /**
     * An evaluation.
     *
     * @param data the samples that classify and those that are classified
     * @param products element type of the encoders' products
     * @param told what is being done
     */
    public EvaluationSuite(
            SuiteConfig config, LabelledSplit data, Device device, DType products, Consumer<String> told) {
        this.config = config;
        this.train = data.train();
        this.test = data.test();
        this.device = device;
        this.products = products;
        this.told = told;
        this.trainTokens = some(train, config.tokenSamples());
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
        ProbeSet probes = new ProbeSet(config, train, table);
        List<SuiteResult.LayerScore> sweep = new ArrayList<>();
        HealthCheck health = new HealthCheck(config, test, products, device);
        SuiteResult.@Nullable PointMap map = null;
        for (Map.Entry<String, Encoder> encoder : encoders.entrySet()) {
            try (Scope scope = Scope.open()) {
                told.accept(encoder.getKey() + ": features");
                FrozenFeatures trainFeatures = features(encoder.getValue(), train, trainTokens);
                FrozenFeatures testFeatures = features(encoder.getValue(), test, testTokens);
                told.accept(encoder.getKey() + ": probes");
                for (long seed : config.seeds()) {
                    probes.encoder(
                            encoder.getKey(),
                            trainFeatures,
                            testFeatures,
                            seed,
                            seed != config.seeds().get(0));
                }
                sweep.addAll(sweep(encoder.getKey(), trainFeatures, testFeatures));
                health.add(encoder.getKey(), encoder.getValue(), testFeatures);
                map = map == null ? map(encoder.getKey(), testFeatures.last()) : map;
            }
        }
        for (long seed : config.seeds()) {
            try (Scope scope = Scope.open()) {
                told.accept("untrained, seed " + seed + ": features and probes");
                Encoder encoder = untrained.apply(seed);
                FrozenFeatures trainFeatures = features(encoder, train, trainTokens);
                FrozenFeatures testFeatures = features(encoder, test, testTokens);
                probes.encoder(RANDOM, trainFeatures, testFeatures, seed, false);
                if (seed == config.seeds().get(0)) {
                    sweep.addAll(sweep(RANDOM, trainFeatures, testFeatures));
                    health.add(RANDOM, encoder, testFeatures);
                }
            }
        }
        try (Scope scope = Scope.open()) {
            told.accept(train.baselineName() + ": probes");
            Features trainFeatures = FrozenFeatures.baseline(train);
            Features testFeatures = FrozenFeatures.baseline(test);
            for (long seed : config.seeds()) {
                probes.raw(
                        RAW,
                        trainFeatures,
                        testFeatures,
                        trainTokens,
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

    private FrozenFeatures features(Encoder encoder, LabelledDataset samples, Set<Integer> tokensOf) {
        return FrozenFeatures.of(encoder, samples, device, products, tokensOf, config.tokens());
    }

    private List<SuiteResult.LayerScore> sweep(
            String subject, FrozenFeatures trainFeatures, FrozenFeatures testFeatures) {
        return trainFeatures.views().keySet().stream()
                .map(view -> {
                    ViewScore score = ViewScore.of(
                            view, trainFeatures.view(view), testFeatures.view(view), config.knn(), config.ridge());
                    return new SuiteResult.LayerScore(
                            subject, view, score.knn().percent(), score.linear().percent());
                })
                .toList();
    }

    private SuiteResult.PointMap map(String subject, Features features) {
        try (Scope scope = Scope.open()) {
            int[] rows = LabelSubset.about(features.labels(), features.ids(), config.mapSamples(), FIXED);
            Features chosen = features.select(Arrays.copyOf(rows, Math.min(rows.length, Tsne.MOST)));
            float[] unit = F.normalize(chosen.features_ND()).toFloats(); // by direction, as neighbours are found
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
        int[] labels = labels(train);
        long[] ids = ids(train);
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

    private static Set<Integer> some(LabelledDataset samples, int most) {
        return Arrays.stream(LabelSubset.about(labels(samples), ids(samples), most, FIXED))
                .boxed()
                .collect(Collectors.toSet());
    }

    private static int[] labels(LabelledDataset samples) {
        return IntStream.range(0, samples.size()).map(samples::label).toArray();
    }

    private static long[] ids(LabelledDataset samples) {
        return IntStream.range(0, samples.size()).mapToLong(samples::id).toArray();
    }
}
