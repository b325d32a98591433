package org.data2vec4j.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.evaluation.probe.Pooling;
import org.data2vec4j.evaluation.probe.TestFeatures;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.data.SyntheticImages;
import org.data2vec4j.image.eval.ImageSelection;
import org.data2vec4j.image.eval.LabelledImages;
import org.data2vec4j.image.eval.RawPixels;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On images; what is padded is tested where sentences are. */
class FrozenFeaturesTest {
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

    private static LabelledImages images(int batch) {
        return new LabelledImages(
                ImageSelection.labelled(IMAGES, IMAGES.classes(), new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}),
                ImageModality.of(8, 4),
                ImageLoaderConfig.evaluation(ImageSize.square(8), batch, Normalization.GENERIC),
                ImageModality.of(8, 4).augmentation(),
                warning -> {});
    }

    private static FrozenFeatures features(Encoder encoder, int batch, DType products, FeatureView... views) {
        return FrozenFeatures.of(encoder, images(batch), Device.CPU, products, List.of(views));
    }

    @Test
    void poolsEveryViewInOnePass() {
        Encoder encoder = TestFeatures.encoder(2, 1);
        FeatureView first = new FeatureView(0, Pooling.MEAN);
        FeatureView lastBlock = new FeatureView(2, Pooling.CLS);
        FrozenFeatures features = features(encoder, 4, DType.F32, FeatureView.DEFAULT, CLS, first, lastBlock);
        for (Features view : features.views().values()) {
            assertThat(view.features_ND().shape()).containsExactly(10, 16);
            assertThat(view.ids()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(view.labels()[3]).isEqualTo(IMAGES.label(3));
        }
        Encoder.Output output = encoder.forward(Tensors.of(pixels(), 10, 3, 8, 8));
        same(features.last(), output.positions().mean(false, 1));
        same(features.view(CLS), output.cls());
        same(
                features.view(first),
                output.prenet().get(0).tokens_BTD().narrow(1, 2, 4).mean(false, 1));
        same(features.view(lastBlock), output.cls()); // post-norm: the last block's output is final
    }

    private static float[] pixels() {
        List<float[]> all = new ArrayList<>();
        images(10).forEachBatch(Device.CPU, batch -> all.add(batch.source().toFloats()));
        return all.get(0);
    }

    private static void same(Features features, Tensor expected_ND) {
        assertThat(features.features_ND().sub(expected_ND).abs().sum().item()).isEqualTo(0, within(1e-3));
    }

    @Test
    void lowPrecisionProductsGiveNearlyTheSameFeatures() {
        Encoder encoder = TestFeatures.encoder(1, 1);
        Features coarse = features(encoder, 5, DType.BF16, FeatureView.DEFAULT).last();
        assertThat(coarse.features_ND().type()).isEqualTo(DType.F32);
        Tensor exact_ND =
                features(encoder, 5, DType.F32, FeatureView.DEFAULT).last().features_ND();
        assertThat(coarse.features_ND().sub(exact_ND).abs().mean().item()).isBetween(1e-6, 0.05);
    }

    @Test
    void pixelsAreTakenAsTheyAreOrShrunkByAveraging() {
        Features pixels = FrozenFeatures.baseline(images(4));
        assertThat(pixels.features_ND().shape()).containsExactly(10, 192);
        assertThat(pixels.features_ND().toFloats()).containsExactly(pixels());
        int side = 64;
        float[] ramp = new float[3 * side * side];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i % side;
        }
        Tensor shrunk = RawPixels.of(Tensors.of(ramp, 1, 3, side, side));
        assertThat(shrunk.shape()).containsExactly(1, 3 * 32 * 32);
        assertThat(shrunk.toFloats()).startsWith(0.5f, 2.5f, 4.5f);
    }
}
