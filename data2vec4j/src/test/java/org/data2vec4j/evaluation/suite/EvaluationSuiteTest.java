package org.data2vec4j.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.health.PatchMaps;
import org.data2vec4j.evaluation.probe.AttentiveConfig;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.KnnConfig;
import org.data2vec4j.evaluation.probe.Pooling;
import org.data2vec4j.evaluation.probe.RidgeConfig;
import org.data2vec4j.evaluation.probe.TokenFeatures;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.data.SyntheticImages;
import org.data2vec4j.image.eval.ImageSelection;
import org.data2vec4j.image.eval.LabelledImages;
import org.data2vec4j.image.model.ImageConfig;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.data.LabelledSplit;
import org.junit.jupiter.api.Test;

class EvaluationSuiteTest {
    private static final SyntheticImages IMAGES = new SyntheticImages(260, 8, 0);
    private static final ImageModality MODALITY = ImageModality.of(8, 4);
    private static final SuiteConfig CONFIG = new SuiteConfig(
            KnnConfig.DEFAULT,
            new RidgeConfig(List.of(1e-2, 1.0), 0.2, 0),
            new AttentiveConfig(List.of(1e-2), 3, 32, 0, 0.2),
            List.of(0.1, 0.3),
            List.of(0L, 1L, 2L),
            60,
            3,
            40,
            25,
            5);

    private static LabelledImages samples(int from, int to) {
        ImageSelection selection = ImageSelection.labelled(
                IMAGES, IMAGES.classes(), IntStream.range(from, to).toArray());
        return new LabelledImages(
                selection,
                MODALITY,
                ImageLoaderConfig.evaluation(ImageSize.square(8), 32, Normalization.IMAGENET),
                MODALITY.augmentation(),
                message -> {});
    }

    private static LabelledSplit split(int from, int test, int end) {
        return new LabelledSplit(samples(from, test), samples(test, end), Map.of(), () -> {});
    }

    private static Encoder encoder(long seed) {
        Encoder encoder = new Encoder(
                new ImageFeatureEncoder(new ImageConfig(8, 3, 4), 16),
                new EncoderConfig(1, 2, 1, BlockConfig.of(16, 2)));
        Weights.allocate(Device.CPU, Map.of("encoder", encoder)).initialise(seed);
        return encoder;
    }

    @Test
    void someViewsAreTheSameAsAllOfThem() {
        try (Scope scope = Scope.open()) {
            LabelledImages samples = samples(0, 70);
            FrozenFeatures frozen = FrozenFeatures.of(encoder(3), samples, Device.CPU, DType.F32, Set.of(5, 66), 3);
            assertThat(frozen.views()).hasSize(2 * 4);
            FeatureView cls = new FeatureView(1, Pooling.CLS);
            FrozenFeatures some =
                    FrozenFeatures.of(encoder(3), samples, Device.CPU, DType.F32, List.of(FeatureView.DEFAULT, cls));
            assertThat(some.views()).containsOnlyKeys(FeatureView.DEFAULT, cls);
            assertThat(some.last().features_ND().toFloats())
                    .containsExactly(frozen.last().features_ND().toFloats());
            assertThat(some.view(cls).features_ND().toFloats())
                    .containsExactly(frozen.view(cls).features_ND().toFloats());
            assertThat(frozen.last().labels()).hasSize(70).startsWith(samples.label(0), samples.label(1));
            assertThat(frozen.tokens().ids()).containsExactly(5, 66);
            assertThat(frozen.tokens().tokens_NTD().shape()).containsExactly(2, 3, 16);
            assertThatThrownBy(() -> frozen.view(new FeatureView(9, Pooling.MEAN)))
                    .hasMessageContaining("not looked at");
        }
    }

    @Test
    void manyTokensAreAveragedInRuns() {
        TokenBuffer buffer = new TokenBuffer(2, 1);
        buffer.add(new float[] {9, 1, 2, 3, 4, 5}, 1, 5, 0, 7);
        buffer.add(new float[] {6, 8}, 0, 1, 1, 8);
        try (Scope scope = Scope.open()) {
            TokenFeatures tokens = buffer.tokens();
            assertThat(tokens.tokens_NTD().toFloats()).containsExactly(2, 4.5f, 6, 0);
            assertThat(tokens.valid_NT().toFloats()).containsExactly(1, 1, 1, 0);
            assertThat(tokens.labels()).containsExactly(0, 1);
        }
    }

    @Test
    void measuresEverythingBesideControls() {
        try (Scope scope = Scope.open()) {
            Map<String, Encoder> encoders = new LinkedHashMap<>();
            encoders.put("student", encoder(1));
            encoders.put("teacher", encoder(2));
            EvaluationSuite suite =
                    new EvaluationSuite(CONFIG, split(0, 180, 260), Device.CPU, DType.F32, message -> {});
            suite.run(encoders, seed -> encoder(10 + seed));
            long before = Native.livePointers();
            SuiteResult result = suite.run(encoders, seed -> encoder(10 + seed));
            assertThat(Native.livePointers()).isLessThanOrEqualTo(before);

            // Five probes with all labels, two with each share.
            assertThat(result.scores()).hasSize(4 * (5 + 2 * 2));
            assertThat(score(result, Probe.LINEAR_BEST, 1, "raw").values())
                    .isEqualTo(score(result, Probe.LINEAR, 1, "raw").values());
            SuiteScore knn = score(result, Probe.KNN, 1, "student");
            assertThat(knn.values()).hasSize(1);
            assertThat(knn.low()).isLessThan(knn.median());
            assertThat(knn.tested()).isEqualTo(80);
            assertThat(score(result, Probe.KNN, 1, "random").values()).hasSize(3);
            assertThat(score(result, Probe.LINEAR, 0.1, "raw").values()).hasSize(3);
            SuiteScore best = score(result, Probe.LINEAR_BEST, 1, "teacher");
            assertThat(best.chosen()).hasSize(3).allMatch(view -> view.contains("mean") || view.contains("cls"));
            assertThat(score(result, Probe.ATTENTIVE, 1, "student").chosen()).containsOnly("rate 1e-02");
            assertThat(best.low()).isLessThanOrEqualTo(best.median());
            assertThat(best.high()).isGreaterThanOrEqualTo(best.median());

            assertThat(result.sweep()).hasSize(3 * 8);
            assertThat(result.health()).hasSize(3 * 4);
            assertThat(result.health().get(3).viewAlignment()).isBetween(0.0, 4.0);
            assertThat(result.health().get(0).viewAlignment()).isNaN();
            assertThat(result.likeness().layers())
                    .hasSize(12)
                    .startsWith("student 0")
                    .endsWith("random last");
            assertThat(result.likeness().cka()[5][5]).isCloseTo(1, within(1e-6));
            assertThat(result.map().places()).hasDimensions(result.map().indices().length, 2);
            assertThat(result.map().indices().length).isBetween(15, 35);
            assertThat(result.subsets()).hasSize(6);
            assertThat(result.subsets().get(0).ids()).isSorted();
            assertThat(result.subsets().get(3).ids())
                    .containsAll(result.subsets().get(0).ids());
        }
    }

    private static SuiteScore score(SuiteResult result, Probe probe, double share, String subject) {
        return result.scores().stream()
                .filter(score -> score.probe() == probe && score.share() == share)
                .filter(score -> score.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    /** The sum over patches and the CLS token is one; a patch is most like itself. */
    @Test
    void patchMapsOfPictures() {
        try (Scope scope = Scope.open()) {
            float[] pixels = new float[2 * 3 * 8 * 8];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (float) Math.sin(0.37 * i);
            }
            Input images = new Input(Tensors.of(pixels, 2, 3, 8, 8), new long[] {0, 1});
            List<PatchMaps> maps = PatchMaps.of(encoder(4), images);
            assertThat(maps).hasSize(2);
            PatchMaps map = maps.get(1);
            assertThat(map.ofCls()).isTrue();
            assertThat(map.height() * map.width()).isEqualTo(4).isEqualTo(map.attention().length);
            double sum = 0;
            for (float share : map.attention()) {
                sum += share;
            }
            assertThat(sum).isBetween(0.1, 1.0);
            for (int a = 0; a < map.anchors().size(); a++) {
                assertThat(map.similarity().get(a)[map.anchors().get(a)]).isCloseTo(1, within(1e-5f));
            }
        }
    }

    @Test
    void augmentedViewsDifferAndDoNotDependOnTheCrop() {
        try (Scope scope = Scope.open()) {
            LabelledImages samples = samples(0, 20);
            float[] own = FrozenFeatures.baseline(samples).features_ND().toFloats();
            float[] first =
                    FrozenFeatures.baseline(samples.augmented(1)).features_ND().toFloats();
            assertThat(FrozenFeatures.baseline(samples.augmented(1))
                            .features_ND()
                            .toFloats())
                    .isEqualTo(first);
            assertThat(Arrays.equals(first, own)).isFalse();
            assertThat(samples.fingerprint()).isNotEqualTo(samples(0, 21).fingerprint());
        }
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new SuiteConfig(
                        CONFIG.knn(), CONFIG.ridge(), CONFIG.attentive(), List.of(1.0), List.of(0L), 1, 1, 4, 3, 5))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("shares holds 1.0");
        assertThatThrownBy(() -> new SuiteConfig(
                        CONFIG.knn(), CONFIG.ridge(), CONFIG.attentive(), List.of(), List.of(1L, 1L), 1, 1, 4, 3, 5))
                .hasMessageContaining("seeds names one twice");
        assertThatThrownBy(() -> new SuiteConfig(
                        CONFIG.knn(), CONFIG.ridge(), CONFIG.attentive(), List.of(), List.of(), 1, 1, 4, 3, 5))
                .hasMessageContaining("seeds is empty");
        assertThatThrownBy(() -> new SuiteConfig(
                        CONFIG.knn(), CONFIG.ridge(), CONFIG.attentive(), List.of(), List.of(1L), 1, 1, 4, 1001, 5))
                .hasMessageContaining("map_samples");
    }
}
