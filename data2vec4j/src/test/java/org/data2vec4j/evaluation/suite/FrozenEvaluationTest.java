package org.data2vec4j.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.probe.AttentiveConfig;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.KnnConfig;
import org.data2vec4j.evaluation.probe.Neighbours;
import org.data2vec4j.evaluation.probe.Pooling;
import org.data2vec4j.evaluation.probe.RidgeConfig;
import org.data2vec4j.evaluation.probe.TestFeatures;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.data.SyntheticImages;
import org.data2vec4j.image.eval.ImageSelection;
import org.data2vec4j.image.eval.LabelledImages;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.data.LabelledSplit;
import org.junit.jupiter.api.Test;

class FrozenEvaluationTest {
    private static final SyntheticImages IMAGES = new SyntheticImages(300, 8, 0);
    private static final FeatureView CLS = new FeatureView(1, Pooling.CLS);

    private final AtomicInteger untrained = new AtomicInteger();
    private final LabelledSplit data = new LabelledSplit(images(0, 210), images(210, 300), Map.of(), () -> {});

    private static LabelledImages images(int from, int to) {
        return new LabelledImages(
                ImageSelection.labelled(
                        IMAGES, IMAGES.classes(), IntStream.range(from, to).toArray()),
                ImageModality.of(8, 4),
                ImageLoaderConfig.evaluation(ImageSize.square(8), 64, Normalization.GENERIC),
                ImageModality.of(8, 4).augmentation(),
                warning -> {});
    }

    private FrozenEvaluation evaluation(FeatureView... views) {
        return new FrozenEvaluation(
                new FrozenConfig(List.of(views), KnnConfig.DEFAULT, RidgeConfig.DEFAULT),
                data,
                Device.CPU,
                DType.F32,
                seed -> {
                    untrained.incrementAndGet();
                    return TestFeatures.encoder(1, 5 + seed);
                });
    }

    /** The short evaluation and the whole one are one protocol. */
    @Test
    void scoresAreThoseOfTheWholeSuite() {
        try (Scope scope = Scope.open()) {
            FrozenEvaluation evaluation = evaluation(FeatureView.DEFAULT, CLS);
            SuiteConfig config = new SuiteConfig(
                    KnnConfig.DEFAULT,
                    RidgeConfig.DEFAULT,
                    new AttentiveConfig(List.of(1e-2), 1, 32, 0, 0.2),
                    List.of(),
                    List.of(0L, 1L),
                    20,
                    2,
                    20,
                    10,
                    5);
            SuiteResult result = new EvaluationSuite(config, data, Device.CPU, DType.F32, message -> {})
                    .run(Map.of("student", TestFeatures.encoder(1, 6)), seed -> TestFeatures.encoder(1, 5 + seed));
            List<ViewScore> own = evaluation.scores(TestFeatures.encoder(1, 6));
            assertThat(own).extracting(ViewScore::view).containsExactly(CLS, FeatureView.DEFAULT);
            same(result, "student", own.get(1));
            same(result, "random", evaluation.untrained().get(1));
            same(result, "raw", evaluation.baseline());
        }
    }

    private static void same(SuiteResult result, String subject, ViewScore score) {
        for (SuiteScore other : result.scores()) {
            if (other.subject().equals(subject)
                    && Set.of(Probe.KNN, Probe.LINEAR).contains(other.probe())) {
                assertThat((other.probe() == Probe.KNN ? score.knn() : score.linear()).percent())
                        .as(subject + ", " + other.probe())
                        .isEqualTo(other.values().get(0));
            }
        }
    }

    @Test
    void theUntrainedEncoderScoresAsItsOwnControl() {
        try (Scope scope = Scope.open()) {
            FrozenEvaluation evaluation = evaluation(FeatureView.DEFAULT);
            assertThat(evaluation.scores(TestFeatures.encoder(1, 5))).isEqualTo(evaluation.untrained());
            assertThat(evaluation.layerSum(TestFeatures.encoder(1, 5))).isEqualTo(evaluation.untrainedLayerSum());
            assertThat(data.chance()).isBetween(10.0, 25.0);
        }
    }

    @Test
    void noViewsMeansTheMeanOfEveryBlock() {
        try (Scope scope = Scope.open()) {
            assertThat(evaluation().scores(TestFeatures.encoder(1, 6)))
                    .extracting(score -> score.view().label())
                    .containsExactly("block 0, mean", "block 1, mean", "block 2, mean", "last, mean");
        }
    }

    @Test
    void controlsAreComputedOnceAndNothingNativeStays() {
        try (Scope scope = Scope.open()) {
            Encoder encoder = TestFeatures.encoder(1, 6);
            encoder.train(true);
            FrozenEvaluation evaluation = evaluation(FeatureView.DEFAULT);
            long before = Native.livePointers();
            List<ViewScore> first = evaluation.scores(encoder);
            ViewScore baseline = evaluation.baseline();
            List<ViewScore> random = evaluation.untrained();
            assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
            assertThat(evaluation.scores(encoder)).isEqualTo(first);
            assertThat(evaluation.baseline()).isSameAs(baseline);
            assertThat(evaluation.untrained()).isSameAs(random);
            assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
            assertThat(untrained).hasValue(1);
            assertThat(encoder.training()).isTrue();
        }
    }

    @Test
    void neighboursAreOfTheTrainingSamples() {
        try (Scope scope = Scope.open()) {
            List<Neighbours.Query> queries =
                    evaluation(FeatureView.DEFAULT).neighbours(TestFeatures.encoder(1, 6), 3, 4);
            assertThat(queries).hasSize(3);
            for (Neighbours.Query query : queries) {
                assertThat(query.label()).isEqualTo(data.test().label((int) query.id()));
                assertThat(query.neighbours()).hasSize(4);
                for (Neighbours.Neighbour neighbour : query.neighbours()) {
                    assertThat(neighbour.label()).isEqualTo(data.train().label((int) neighbour.id()));
                    assertThat(neighbour.sameClass()).isEqualTo(neighbour.label() == query.label());
                }
            }
            assertThat(data.test().preview(0).words())
                    .startsWith(data.test().classes().get(data.test().label(0)));
            assertThat(data.test().preview(0).thumbnail()).isNotNull();
        }
    }

    @Test
    void refusesWhatTheEncoderDoesNotHave() {
        try (Scope scope = Scope.open()) {
            Encoder plain = TestFeatures.encoder(0, 1);
            assertThatThrownBy(() -> evaluation(new FeatureView(FeatureView.LAST, Pooling.CLS))
                            .scores(plain))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("no extra token");
            assertThatThrownBy(
                            () -> evaluation(new FeatureView(3, Pooling.MEAN)).scores(plain))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("has 3 blocks; allowed: 0 to 2");
            assertThatThrownBy(() -> new FeatureView(-2, Pooling.MEAN)).hasMessageContaining("layer is -2");
            plain.parameters().values().iterator().next().value().mul_(Double.NaN);
            assertThatThrownBy(() -> evaluation(FeatureView.DEFAULT).scores(plain))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("not all finite");
            assertThatThrownBy(() -> evaluation(CLS, CLS)).hasMessageContaining("twice");
        }
    }
}
