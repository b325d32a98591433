package org.data2vec4j.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.audio.model.ConvLayer;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.text.model.TextConfig;
import org.data2vec4j.text.model.TextFeatureEncoder;

/** Small encoders of recordings and texts, and batches of different lengths. */
public final class TinySequences {
    /** A receptive field of 9 samples, 4 samples to a token. */
    public static final List<ConvLayer> EXTRACTOR = List.of(new ConvLayer(6, 5, 2), new ConvLayer(6, 3, 2));

    private TinySequences() {}

    public static AudioConfig audio(AudioConfig.ExtractorNorm norm, Compat compat) {
        return new AudioConfig(16_000, EXTRACTOR, norm, false, 0, 1, compat);
    }

    public static TextConfig text(Compat compat) {
        return new TextConfig(30, 24, 0, 1, 2, 1e-5, 0, false, compat);
    }

    public static EncoderConfig encoder(AttentionBiasConfig bias, int extra) {
        return new EncoderConfig(
                1, 2, extra, Tiny.block(NormPlacement.POST), new PositionsConfig.Conv(2, 3, 4, false), bias, 0, 0);
    }

    public static Encoder audioEncoder(AudioConfig config, AttentionBiasConfig bias, int extra) {
        return new Encoder(new AudioFeatureEncoder(config, Tiny.WIDTH), encoder(bias, extra));
    }

    public static Encoder textEncoder(TextConfig config) {
        return new Encoder(
                new TextFeatureEncoder(config, Tiny.WIDTH), new EncoderConfig(0, 2, 0, Tiny.block(NormPlacement.POST)));
    }

    /** Recordings of 90, 41 and 66 samples, with loud noise where there is padding. */
    public static Input recordings() {
        return new Input(Tiny.normal(3, 3, 90).mul(2), new long[] {4, 5, 6}, new int[] {90, 41, 66});
    }

    /** Recording {@code i} of {@link #recordings} without its padding. */
    public static Input recording(int i) {
        Input all = recordings();
        int[] lengths = Objects.requireNonNull(all.lengths());
        return new Input(all.source().narrow(0, i, 1).narrow(1, 0, lengths[i]).contiguous(), new long[] {all.ids()[i]});
    }

    /** Texts of 12, 5 and 9 tokens, padded. */
    public static Input texts() {
        int[] lengths = {12, 5, 9};
        long[] ids = new long[3 * 12];
        Arrays.fill(ids, 1);
        for (int row = 0; row < 3; row++) {
            for (int t = 0; t < lengths[row]; t++) {
                ids[row * 12 + t] = t == 0 ? 0 : t == lengths[row] - 1 ? 2 : 3 + (row * 7 + t * 5) % 27;
            }
        }
        return new Input(Tensors.of(ids, 3, 12), new long[] {7, 8, 9}, lengths);
    }

    /** Text {@code i} of {@link #texts} without its padding. */
    public static Input text(int i) {
        Input all = texts();
        int[] lengths = Objects.requireNonNull(all.lengths());
        return new Input(all.source().narrow(0, i, 1).narrow(1, 0, lengths[i]).contiguous(), new long[] {all.ids()[i]});
    }
}
