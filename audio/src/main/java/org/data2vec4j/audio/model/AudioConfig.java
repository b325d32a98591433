package org.data2vec4j.audio.model;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.model.mask.Compat;

/**
 * The recordings an encoder takes, and its feature extractor (wav2vec 2.0, arXiv 2006.11477, section 2).
 *
 * @param sampleRate samples per second
 * @param extractor the convolutions
 * @param norm how the extractor is normalised
 * @param bias whether the convolutions have biases
 * @param dropout after each convolution
 * @param gradientScale what the extractor's gradient is multiplied by
 * @param compat how padding is treated
 */
public record AudioConfig(
        int sampleRate,
        List<ConvLayer> extractor,
        ExtractorNorm norm,
        boolean bias,
        double dropout,
        double gradientScale,
        Compat compat) {
    /** How the extractor is normalised. */
    public enum ExtractorNorm {
        /** Every layer, each position over its channels; learns with unnormalised input too, and with fewer limits on precision. */
        LAYER,
        /** The first layer alone, each channel over the whole recording. */
        GROUP
    }

    /** Checks the ranges. */
    public AudioConfig {
        Check.inRange("sample_rate", sampleRate, 1000, 384_000);
        extractor = List.copyOf(extractor);
        if (extractor.isEmpty()) {
            throw new SettingException("extractor", "has no layers; allowed: at least one {channels, kernel, stride}");
        }
        Check.inRange("dropout", dropout, 0, 0.99);
        Check.inRange("gradient_scale", gradientScale, 0, 1000);
    }

    /** The published settings: seven layers of 512 channels, 20 ms to a token at 16 kHz. */
    public static AudioConfig defaults() {
        return of(512);
    }

    /** The published kernels and strides at another width. */
    public static AudioConfig of(int channels) {
        int[] kernels = {10, 3, 3, 3, 3, 2, 2};
        List<ConvLayer> layers = new ArrayList<>();
        for (int i = 0; i < kernels.length; i++) {
            layers.add(new ConvLayer(channels, kernels[i], i == 0 ? 5 : 2));
        }
        return new AudioConfig(16_000, layers, ExtractorNorm.LAYER, false, 0, 1, Compat.NONE);
    }

    /** The tokens of a recording of so many samples; 0 if it is shorter than what one token sees. */
    public int tokens(long samples) {
        long length = samples;
        for (ConvLayer layer : extractor) {
            length = layer.outputs(length);
        }
        return Math.toIntExact(length);
    }

    /** The fewest samples that make a token: the receptive field. */
    public int receptiveField() {
        long field = 1;
        for (int i = extractor.size() - 1; i >= 0; i--) {
            field = (field - 1) * extractor.get(i).stride() + extractor.get(i).kernel();
        }
        return Math.toIntExact(field);
    }

    /** Samples between the beginnings of neighbouring tokens. */
    public int samplesPerToken() {
        return extractor.stream().mapToInt(ConvLayer::stride).reduce(1, Math::multiplyExact);
    }

    /** Channels of the last convolution. */
    public int channels() {
        return extractor.get(extractor.size() - 1).channels();
    }
}
