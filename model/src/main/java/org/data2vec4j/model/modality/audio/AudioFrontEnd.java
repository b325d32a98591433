package org.data2vec4j.model.modality.audio;

import org.data2vec4j.core.UserException;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.modality.FrontEnd;
import org.data2vec4j.model.modality.Input;
import org.data2vec4j.model.nn.LayerNorm;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Waveforms to tokens. Shapes: B recordings, S samples, T tokens, C channels of the extractor, D width. */
public final class AudioFrontEnd extends FrontEnd {
    private final AudioConfig config;
    private final FeatureExtractor extractor;
    private final LayerNorm norm;
    private final Linear proj;

    /** A front end to tokens of {@code width} features. */
    public AudioFrontEnd(AudioConfig config, int width) {
        this.config = config;
        this.extractor = child("extractor", new FeatureExtractor(config));
        this.norm = child("norm", new LayerNorm(config.channels(), 1e-5));
        this.proj = child("proj", Linear.standard(config.channels(), width));
    }

    /** What it was built from. */
    public AudioConfig config() {
        return config;
    }

    @Override
    public Layout layout(Input input) {
        long samples = input.source().size(1);
        int[] tokens = new int[(int) input.source().size(0)];
        for (int i = 0; i < tokens.length; i++) {
            long length = input.lengths() == null ? samples : input.lengths()[i];
            tokens[i] = config.tokens(length);
            if (tokens[i] == 0) {
                throw new UserException("a recording of " + length + " samples is shorter than the "
                        + config.receptiveField() + " samples that one token sees; leave such recordings out");
            }
        }
        return Layout.padded(config.tokens(samples), tokens, config.compat());
    }

    /** (B, T, C): what the convolutions make of waveforms (B, S), before norm and projection. */
    public Tensor extract(Input input) {
        return extractor.forward(input.source(), statistics(input));
    }

    private int @Nullable [] statistics(Input input) {
        return config.compat() == Compat.NONE ? input.lengths() : null;
    }

    /** (B, T, C) extracted features, normalised: what a quantiser takes. */
    public Tensor normalised(Tensor extracted_BTC) {
        return norm.forward(extracted_BTC);
    }

    /** (B, T, C) normalised features to tokens (B, T, D). */
    public Tensor project(Tensor normalised_BTC) {
        return proj.forward(normalised_BTC);
    }

    @Override
    public Tensor tokens(Input input, Layout layout) {
        return project(normalised(extract(input)));
    }

    @Override
    public int axes() {
        return 1;
    }

    @Override
    public boolean drops() {
        return config.dropout() > 0;
    }
}
