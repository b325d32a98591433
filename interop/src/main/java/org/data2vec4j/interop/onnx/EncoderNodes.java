package org.data2vec4j.interop.onnx;

import java.util.List;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.OutputPooling;
import org.data2vec4j.model.mask.Compat;
import org.jspecify.annotations.Nullable;

/** The transformer behind a feature encoder. Shapes: B samples, E extra tokens, T others, D width. */
final class EncoderNodes {
    /** The final norm's name: of the features, or of their mean. */
    static final String FINAL_NORM = "encoder.norm";

    private final ParameterNodes layers;
    private final Ops ops;
    private final EncoderConfig config;

    /**
     * What an encoder gives.
     *
     * @param all_BAD the features of all tokens, the extra ones first
     * @param features_BTD those of the positions
     * @param mask which of them are input; null if all are
     */
    record Features(
            Value all_BAD, Value features_BTD, @Nullable PaddingMask mask) {}

    EncoderNodes(ParameterNodes layers, EncoderConfig config) {
        this.layers = layers;
        this.ops = layers.ops();
        this.config = config;
    }

    Features features(TokenValues tokens) {
        PaddingMask mask = PaddingMask.of(ops, tokens);
        boolean clears = tokens.compat() == Compat.FAIRSEQ_WAV2VEC;
        boolean excludes = tokens.compat() == Compat.NONE;
        Value x = PaddingMask.zeroed(ops, tokens.x_BTD(), clears ? mask : null);
        x = new PositionNodes(layers).added(config.positions(), config.width(), x, excludes ? mask : null);
        List<@Nullable Value> biases = new BiasNodes(layers, config).of(config.bias(), tokens, mask);
        if (config.extraTokens() > 0) {
            Value batch = ops.size(x, 0);
            Value shape = ops.concat(0, batch, ops.vector(config.extraTokens(), config.width()));
            x = ops.concat(1, ops.expand(layers.parameter("encoder.extra_tokens"), shape), x);
        }
        x = normed("encoder.context_norm", x);
        BlockNodes blocks = new BlockNodes(layers, config.block());
        for (int i = 0; i < config.prenet(); i++) {
            x = blocks.block("encoder.context.blocks." + i, x, biases.get(i));
        }
        for (int i = 0; i < config.depth(); i++) {
            x = blocks.block("encoder.main.blocks." + i, x, biases.get(config.prenet() + i));
        }
        x = config.pooling() == OutputPooling.NORMED_MEAN ? x : normed(FINAL_NORM, x);
        Value positions = config.extraTokens() == 0 ? x : ops.slice(x, 1, config.extraTokens(), Integer.MAX_VALUE);
        return new Features(x, positions, mask);
    }

    /** Where an encoder has such a norm depends on its blocks and its feature encoder. */
    private Value normed(String name, Value x) {
        return layers.has(name + ".weight")
                ? layers.layerNorm(name, x, config.block().normEpsilon())
                : x;
    }
}
