package org.data2vec4j.model.modality;

import java.util.List;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.model.nn.Blocks;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.LayerNorm;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Front end, extra tokens, the modality's pre-net and the shared blocks. Student and teacher are two of these. Shapes: B batch,
 * T positions, E extra tokens, D width.
 */
public final class Encoder extends Module {
    private final FrontEnd local;
    private final EncoderConfig config;
    private final @Nullable Parameter extraTokens;
    private final LayerNorm norm;
    private final Blocks prenet;
    private final Blocks shared;
    private final @Nullable LayerNorm finalNorm;

    /** The outputs of the pre-net's and the shared blocks, each (B, E + T, D), extra tokens first, and the final features. */
    public record Output(List<Block.Output> prenet, List<Block.Output> blocks, Tensor features_BTD, int extraTokens) {
        /** The features without extra tokens, (B, T, D). */
        public Tensor positions() {
            return withoutExtra(features_BTD, extraTokens);
        }

        /** The last extra token, (B, D): the CLS token; throws if there is none. */
        public Tensor cls() {
            if (extraTokens == 0) {
                throw new IllegalStateException("the encoder has no extra token to be a CLS token");
            }
            return features_BTD.select(1, extraTokens - 1L);
        }
    }

    /** An encoder over a front end whose tokens have the config's width. */
    public Encoder(FrontEnd frontEnd, EncoderConfig config) {
        this.config = config;
        this.local = child("local", frontEnd);
        int total = config.prenet() + config.depth();
        this.extraTokens = config.extraTokens() == 0
                ? null
                : parameterWithoutDecay("extra_tokens", new Init.Normal(1), 1, config.extraTokens(), config.width());
        this.norm = child(
                "context_norm", new LayerNorm(config.width(), config.block().normEpsilon()));
        this.prenet = child("context", new Blocks(config.block(), config.prenet(), 0, total));
        this.shared = child("main", new Blocks(config.block(), config.depth(), config.prenet(), total));
        this.finalNorm = config.block().norm() == NormPlacement.POST
                ? null
                : child("norm", new LayerNorm(config.width(), config.block().normEpsilon()));
    }

    /** What it was built from. */
    public EncoderConfig config() {
        return config;
    }

    /** The front end. */
    public FrontEnd local() {
        return local;
    }

    /** All tokens of a batch of inputs through the whole encoder, nothing masked. */
    public Output forward(Tensor source) {
        return encode(local.tokens(source), null);
    }

    /** The layout of an input's tokens. */
    public Grid grid(Tensor source) {
        return local.grid(source);
    }

    /** Some tokens (B, V, D), all or the visible ones, through pre-net and blocks. */
    public Output encode(Tensor tokens_BVD, @Nullable Tensor bias) {
        Tensor x = tokens_BVD;
        if (extraTokens != null) {
            Tensor extra_BED = extraTokens.value().expand(x.size(0), -1, -1);
            x = Tensors.cat(List.of(extra_BED, x), 1);
        }
        boolean post = config.block().norm() == NormPlacement.POST;
        x = post ? norm.forward(x) : x;
        List<Block.Output> early = prenet.forward(x, bias);
        x = early.isEmpty() ? x : early.get(early.size() - 1).tokens_BTD();
        x = post ? x : norm.forward(x);
        List<Block.Output> late = shared.forward(x, bias);
        x = late.get(late.size() - 1).tokens_BTD();
        x = finalNorm == null ? x : finalNorm.forward(x);
        return new Output(early, late, x, config.extraTokens());
    }

    /** (B, E + T, D) without its first {@code extra} tokens. */
    public static Tensor withoutExtra(Tensor x_BTD, int extra) {
        return extra == 0 ? x_BTD : x_BTD.narrow(1, extra, x_BTD.size(1) - extra);
    }
}
