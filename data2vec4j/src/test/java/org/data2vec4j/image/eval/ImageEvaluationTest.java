package org.data2vec4j.image.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.data2vec4j.evaluation.probe.EvaluationConfig;
import org.data2vec4j.evaluation.probe.EvaluationResult;
import org.data2vec4j.evaluation.probe.EvaluationResult.Metric;
import org.data2vec4j.evaluation.probe.EvaluationResult.Row;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.KnnConfig;
import org.data2vec4j.evaluation.probe.Neighbours;
import org.data2vec4j.evaluation.probe.Pooling;
import org.data2vec4j.evaluation.probe.RidgeConfig;
import org.data2vec4j.evaluation.probe.TestFeatures;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.data.SyntheticImages;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.junit.jupiter.api.Test;

class ImageEvaluationTest {
    private static final SyntheticImages IMAGES = new SyntheticImages(300, 8, 0);
    private static final FeatureView CLS = new FeatureView(1, Pooling.CLS);
    private static final EvaluationConfig CONFIG =
            new EvaluationConfig(List.of(FeatureView.DEFAULT, CLS), KnnConfig.DEFAULT, RidgeConfig.DEFAULT);

    private final AtomicInteger untrained = new AtomicInteger();
    private final ImageEvaluation evaluation = new ImageEvaluation(
            CONFIG,
            EvaluationData.split(IMAGES, 0.3, 1000, 1000, 0),
            ImageLoaderConfig.evaluation(ImageSize.square(8), 64, Normalization.GENERIC),
            DType.F32,
            () -> {
                untrained.incrementAndGet();
                return TestFeatures.encoder(1, 5);
            },
            warning -> {});

    @Test
    void setsAnEncoderBesideItsControls() {
        try (Scope scope = Scope.open()) {
            EvaluationResult result = evaluation.evaluate(TestFeatures.encoder(1, 6));
            assertThat(result.rows()).hasSize(4);
            assertThat(result.bank()).isEqualTo(210);
            assertThat(result.test()).isEqualTo(90);
            assertThat(result.classes()).isEqualTo(10);
            assertThat(result.skipped()).isZero();
            assertThat(result.chance()).isBetween(10.0, 25.0);
            Row row = result.row(Metric.PROBE, CLS);
            assertThat(row.pretrained()).isNotEqualTo(row.randomInitialisation());
            assertThat(row.pretrained()).isNotEqualTo(row.rawPixels());
            assertThat(row.rawPixels())
                    .isEqualTo(result.row(Metric.PROBE, FeatureView.DEFAULT).rawPixels());
            assertThat(result.table()).contains("| k-NN (last, mean) |").contains("| linear probe (block 1, cls) |");
            assertThatThrownBy(() -> result.row(Metric.KNN, new FeatureView(0, Pooling.CLS)))
                    .hasMessageContaining("was not measured");
        }
    }

    @Test
    void theUntrainedEncoderScoresAsItsOwnControl() {
        try (Scope scope = Scope.open()) {
            for (Row row : evaluation.evaluate(TestFeatures.encoder(1, 5)).rows()) {
                assertThat(row.pretrained()).isEqualTo(row.randomInitialisation());
            }
        }
    }

    @Test
    void controlsAreComputedOnceAndNothingNativeStays() {
        try (Scope scope = Scope.open()) {
            Encoder encoder = TestFeatures.encoder(1, 6);
            long before = Native.livePointers();
            EvaluationResult first = evaluation.evaluate(encoder);
            assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
            EvaluationResult second = evaluation.evaluate(encoder);
            assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
            assertThat(second.rows()).isEqualTo(first.rows());
            assertThat(untrained).hasValue(1);
        }
    }

    @Test
    void neighboursNamePicturesOfTheSource() {
        try (Scope scope = Scope.open()) {
            List<Neighbours.Query> queries = evaluation.neighbours(TestFeatures.encoder(1, 6), 3, 4);
            assertThat(queries).hasSize(3);
            for (Neighbours.Query query : queries) {
                assertThat(query.label()).isEqualTo(IMAGES.label((int) query.id()));
                assertThat(query.neighbours()).hasSize(4);
                for (Neighbours.Neighbour neighbour : query.neighbours()) {
                    assertThat(neighbour.id()).isNotEqualTo(query.id());
                    assertThat(neighbour.label()).isEqualTo(IMAGES.label((int) neighbour.id()));
                    assertThat(neighbour.sameClass()).isEqualTo(neighbour.label() == query.label());
                }
            }
        }
    }

    @Test
    void refusesNoViewsAndTheSameTwice() {
        assertThatThrownBy(() -> new EvaluationConfig(List.of(), KnnConfig.DEFAULT, RidgeConfig.DEFAULT))
                .hasMessageContaining("views is empty");
        assertThatThrownBy(() -> new EvaluationConfig(List.of(CLS, CLS), KnnConfig.DEFAULT, RidgeConfig.DEFAULT))
                .hasMessageContaining("twice");
    }
}
