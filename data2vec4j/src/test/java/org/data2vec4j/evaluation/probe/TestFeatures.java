package org.data2vec4j.evaluation.probe;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.image.model.ImageConfig;
import org.data2vec4j.image.model.ImageFeatureEncoder;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensors;

/** Small features and encoders for tests. */
public final class TestFeatures {
    private TestFeatures() {}

    /** Normal noise of deviation 1 around class centres of deviation {@code distance}; labels are drawn from the same seed. */
    static Features clusters(int size, int width, int classes, double distance, long seed) {
        int[] labels = labels(size, classes, seed);
        float[] values = new float[size * width];
        for (int i = 0; i < size; i++) {
            Rng noise = Rng.of(seed, 1, i);
            Rng centre = Rng.of(99, labels[i]);
            for (int d = 0; d < width; d++) {
                values[i * width + d] = (float) (noise.nextGaussian() + distance * centre.nextGaussian());
            }
        }
        return of(values, width, labels);
    }

    static int[] labels(int size, int classes, long seed) {
        Rng rng = Rng.of(seed, 2);
        int[] labels = new int[size];
        Arrays.setAll(labels, i -> rng.nextInt(classes));
        return labels;
    }

    static Features of(float[] values, int width, int... labels) {
        return new Features(
                Tensors.of(values, labels.length, width),
                labels,
                LongStream.range(0, labels.length).toArray());
    }

    /** An encoder of one pre-net and two shared blocks of width 16 on images of 8 pixels, placed in the scope open now. */
    public static Encoder encoder(int extraTokens, long seed) {
        Encoder encoder = new Encoder(
                new ImageFeatureEncoder(new ImageConfig(8, 3, 4), 16),
                new EncoderConfig(1, 2, extraTokens, BlockConfig.of(16, 2)));
        Weights.allocate(Device.CPU, Map.of("encoder", encoder)).initialise(seed);
        return encoder;
    }
}
