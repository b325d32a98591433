package org.data2vec4j.interop.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.ConvLayer;
import org.data2vec4j.core.Rng;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.Normalization;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.TextOptions;
import org.data2vec4j.text.model.TextPositions;
import org.data2vec4j.train.data.Modality;

/** Small models of every kind with random parameters, and batches for them. */
final class Models {
    static final int WIDTH = 16;

    private Models() {}

    static ImageModality images(ImagePositions positions) {
        return new ImageModality(
                ImageSize.square(8), 3, 4, Augmentation.EVALUATION, Normalization.IMAGENET, false, positions);
    }

    /** A receptive field of 9 samples, 4 samples to a token. */
    static AudioModality recordings(AudioConfig.ExtractorNorm norm, boolean bias, Compat compat) {
        List<ConvLayer> extractor = List.of(new ConvLayer(6, 5, 2), new ConvLayer(6, 3, 2));
        return AudioModality.of(new AudioConfig(16_000, extractor, norm, bias, 0, 1, compat), 0, 1, 0);
    }

    static TextModality texts(TextPositions positions) {
        return new TextModality(
                "",
                30,
                24,
                TextModality.Sequences.BLOCKS,
                TextOptions.Unit.FILE,
                "text",
                "",
                positions,
                1e-5,
                0,
                false);
    }

    static BlockConfig block(NormPlacement norm, double layerScale) {
        return new BlockConfig(WIDTH, 2, 2, norm, 1e-6, 0, 0, 0, 0, layerScale);
    }

    static Encoder encoder(Modality modality, EncoderConfig config) {
        Encoder encoder = new Encoder(modality.featureEncoder(config.width()).get(), config);
        encoder.train(false);
        return encoder;
    }

    static Encoder placed(Modality modality, EncoderConfig config) {
        Encoder encoder = encoder(modality, config);
        scramble(Weights.allocate(Device.CPU, Map.of("encoder", encoder)));
        return encoder;
    }

    /** Every parameter from N(0, 0.3²), so that nothing is nearly 0. */
    static void scramble(Weights weights) {
        weights.parameters().forEach((name, parameter) -> {
            Rng rng = Rng.named(5, name);
            float[] values = new float[parameter.numel()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.3 * rng.nextGaussian());
            }
            parameter.value().detach().copy_(values);
        });
    }

    private static float[] noise(int count, long seed) {
        Rng rng = Rng.of(seed, 3);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        return values;
    }

    static Input images(int count, int height, int width) {
        return new Input(Tensors.of(noise(count * 3 * height * width, 1), count, 3, height, width), new long[count]);
    }

    /** Recordings as long as the longest of these, with noise where there is padding. */
    static Input recordings(int... lengths) {
        int longest = Arrays.stream(lengths).max().orElseThrow();
        return new Input(
                Tensors.of(noise(lengths.length * longest, 2), lengths.length, longest),
                new long[lengths.length],
                lengths);
    }

    static Input texts(int... lengths) {
        int longest = Arrays.stream(lengths).max().orElseThrow();
        long[] ids = new long[lengths.length * longest];
        Arrays.fill(ids, 1);
        for (int row = 0; row < lengths.length; row++) {
            for (int t = 0; t < lengths[row]; t++) {
                ids[row * longest + t] = t == 0 ? 0 : t == lengths[row] - 1 ? 2 : 3 + (row * 7 + t * 5) % 27;
            }
        }
        return new Input(Tensors.of(ids, lengths.length, longest), new long[lengths.length], lengths);
    }
}
