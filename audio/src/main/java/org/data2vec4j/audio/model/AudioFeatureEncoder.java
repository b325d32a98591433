package org.data2vec4j.audio.model;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.audio.data.augment.WaveChange;
import org.data2vec4j.audio.data.augment.WaveChanger;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.ContinuousFeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.InputAugmentation;
import org.data2vec4j.model.encoder.InputAugmenter;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.LayerNorm;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** Waveforms to tokens. Shapes: B recordings, S samples, T tokens, C channels of the extractor, D width. */
public final class AudioFeatureEncoder extends ContinuousFeatureEncoder {
    private final AudioConfig config;
    private final ConvFeatureExtractor extractor;
    private final LayerNorm norm;
    private final Linear proj;

    /** A feature encoder to tokens of {@code width} features. */
    public AudioFeatureEncoder(AudioConfig config, int width) {
        this.config = config;
        this.extractor = child("extractor", new ConvFeatureExtractor(config));
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

    @Override
    public int channels() {
        return config.channels();
    }

    /** (B, T, C): what the convolutions make of waveforms (B, S), before norm and projection. */
    @Override
    public Tensor extract(Input input) {
        return extractor.forward(input.source(), statistics(input));
    }

    private int @Nullable [] statistics(Input input) {
        return config.compat() == Compat.NONE ? input.lengths() : null;
    }

    @Override
    public Tensor normalize(Tensor extracted_BTC) {
        return norm.forward(extracted_BTC);
    }

    @Override
    public Tensor project(Tensor normalised_BTC) {
        return proj.forward(normalised_BTC);
    }

    /** Changes of the sound; each is a {@link WaveChange}. */
    @Override
    public InputAugmenter augmenter(List<InputAugmentation> augmentations, long seed) {
        List<WaveChange> changes = new ArrayList<>();
        for (InputAugmentation augmentation : augmentations) {
            if (!(augmentation instanceof WaveChange change)) {
                throw new UserException(augmentation.getClass().getSimpleName()
                        + " does not change recordings; use another augmentation");
            }
            changes.add(change);
        }
        WaveChanger changer = new WaveChanger(changes, seed);
        return (input, update) -> changed(changer, input, update);
    }

    private static Input changed(WaveChanger changer, Input input, long update) {
        int width = (int) input.source().size(1);
        float[] changed = changer.change(input.source().toFloats(), width, input.lengths(), input.ids(), update);
        Tensor source =
                Tensors.of(changed, input.source().shape()).to(input.source().device());
        return new Input(source, input.ids(), input.lengths());
    }

    /** The first convolution's outputs: the sum, its norm, the activation, and what is made on the way. */
    @Override
    public long workingBytes(Input input) {
        ConvLayer first = config.extractor().get(0);
        return 4L
                * Float.BYTES
                * first.channels()
                * first.outputs(input.source().size(1));
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
