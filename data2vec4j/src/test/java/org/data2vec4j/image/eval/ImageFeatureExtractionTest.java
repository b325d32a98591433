package org.data2vec4j.image.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.Pooling;
import org.data2vec4j.evaluation.probe.TestFeatures;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.data.SequentialImageLoader;
import org.data2vec4j.image.data.SyntheticImages;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageFeatureExtractionTest {
    private static final SyntheticImages IMAGES = new SyntheticImages(10, 8, 0);
    private static final FeatureView CLS = new FeatureView(FeatureView.LAST, Pooling.CLS);

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static SequentialImageLoader pass(int batch) {
        return new SequentialImageLoader(
                IMAGES,
                ImageLoaderConfig.evaluation(ImageSize.square(8), batch, Normalization.GENERIC),
                10,
                warning -> {});
    }

    private static List<Features> extract(Encoder encoder, int batch, FeatureView... views) {
        try (SequentialImageLoader pass = pass(batch)) {
            return new ImageFeatureExtraction(encoder, DType.F32).extract(pass, 10, List.of(views));
        }
    }

    @Test
    void poolsEveryViewInOnePass() {
        Encoder encoder = TestFeatures.encoder(2, 1);
        List<Features> features = extract(
                encoder,
                4,
                FeatureView.DEFAULT,
                CLS,
                new FeatureView(0, Pooling.MEAN),
                new FeatureView(2, Pooling.CLS));
        for (Features view : features) {
            assertThat(view.features_ND().shape()).containsExactly(10, 16);
            assertThat(view.ids()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(view.labels()[3]).isEqualTo(IMAGES.label(3));
        }
        ImageBatch all = pass(10).iterator().next();
        Encoder.Output output = encoder.forward(Tensors.of(all.pixels(), 10, 3, 8, 8));
        same(features.get(0), output.positions().mean(false, 1));
        same(features.get(1), output.cls());
        same(
                features.get(2),
                output.prenet().get(0).tokens_BTD().narrow(1, 2, 4).mean(false, 1));
        same(features.get(3), output.cls()); // post-norm: the last block's output is final
    }

    private static void same(Features features, Tensor expected_ND) {
        assertThat(features.features_ND().sub(expected_ND).abs().sum().item()).isEqualTo(0, within(1e-3));
    }

    @Test
    void restoresTheTrainingModeAndRecordsNothing() {
        Encoder encoder = TestFeatures.encoder(1, 1);
        encoder.train(true);
        extract(encoder, 5, FeatureView.DEFAULT);
        assertThat(encoder.training()).isTrue();
    }

    @Test
    void repeatsExactlyAndMemoryStaysFlat() {
        Encoder encoder = TestFeatures.encoder(1, 1);
        float[] first = values(encoder);
        long before = Native.livePointers();
        for (int i = 0; i < 3; i++) {
            assertThat(values(encoder)).containsExactly(first);
        }
        assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
    }

    private static float[] values(Encoder encoder) {
        try (Scope inner = Scope.open()) {
            return extract(encoder, 3, FeatureView.DEFAULT).get(0).features_ND().toFloats();
        }
    }

    @Test
    void lowPrecisionProductsGiveNearlyTheSameFeatures() {
        Encoder encoder = TestFeatures.encoder(1, 1);
        try (SequentialImageLoader pass = pass(5)) {
            Features coarse = new ImageFeatureExtraction(encoder, DType.BF16)
                    .extract(pass, 10, List.of(FeatureView.DEFAULT))
                    .get(0);
            assertThat(coarse.features_ND().type()).isEqualTo(DType.F32);
            Tensor exact_ND = extract(encoder, 5, FeatureView.DEFAULT).get(0).features_ND();
            assertThat(coarse.features_ND().sub(exact_ND).abs().mean().item()).isBetween(1e-6, 0.05);
        }
    }

    @Test
    void refusesWhatTheEncoderDoesNotHave() {
        Encoder plain = TestFeatures.encoder(0, 1);
        assertThatThrownBy(() -> extract(plain, 5, CLS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("no extra token");
        assertThatThrownBy(() -> extract(plain, 5, new FeatureView(3, Pooling.MEAN)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("has 3 blocks; allowed: 0 to 2");
        assertThatThrownBy(() -> new FeatureView(-2, Pooling.MEAN)).hasMessageContaining("layer is -2");
        plain.parameters().values().iterator().next().value().mul_(Double.NaN);
        assertThatThrownBy(() -> extract(plain, 5, FeatureView.DEFAULT))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("not all finite");
    }

    @Test
    void pixelsAreTakenAsTheyAreOrShrunkByAveraging() {
        try (SequentialImageLoader pass = pass(4)) {
            Features pixels = RawPixels.extract(pass, 10);
            assertThat(pixels.features_ND().shape()).containsExactly(10, 192);
            assertThat(pixels.features_ND().toFloats())
                    .containsExactly(pass(10).iterator().next().pixels());
        }
        int side = 64;
        float[] ramp = new float[3 * side * side];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i % side;
        }
        ImageBatch large =
                new ImageBatch(new long[] {7}, new int[] {0}, 3, side, side, ramp, new LoaderPosition(0, 0), 0);
        Features shrunk = RawPixels.extract(List.of(large), 1);
        assertThat(shrunk.features_ND().shape()).containsExactly(1, 3 * 32 * 32);
        assertThat(shrunk.features_ND().toFloats()).startsWith(0.5f, 2.5f, 4.5f);
    }
}
