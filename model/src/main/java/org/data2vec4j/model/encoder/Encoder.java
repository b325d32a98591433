package org.data2vec4j.model.encoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.AttentionBias;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.model.nn.Blocks;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.LayerNorm;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Feature encoder, relative positions, extra tokens, the modality's pre-net and the shared blocks. Student and teacher are two of
 * these. Shapes: B samples, R rows (B times clones), T positions, V visible, E extra tokens, D width.
 */
public final class Encoder extends Module {
    private final FeatureEncoder featureEncoder;
    private final EncoderConfig config;
    private final @Nullable Positions positions;
    private final @Nullable PositionBias bias;
    private final @Nullable Parameter extraTokens;
    private final @Nullable LayerNorm norm;
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
            return Encoder.cls(features_BTD, extraTokens);
        }
    }

    private static Tensor cls(Tensor features_BSD, int extra) {
        if (extra == 0) {
            throw new IllegalStateException("the encoder has no extra token to be a CLS token");
        }
        return features_BSD.select(1, extra - 1L);
    }

    /** An encoder over a feature encoder whose tokens have the config's width. */
    public Encoder(FeatureEncoder featureEncoder, EncoderConfig config) {
        this.config = config;
        this.featureEncoder = child("local", featureEncoder);
        int total = config.prenet() + config.depth();
        double epsilon = config.block().normEpsilon();
        this.positions = optional("positions", config.positions().build(config.width()));
        this.bias = optional("bias", config.bias().build(config.block().heads(), total));
        this.extraTokens = config.extraTokens() == 0
                ? null
                : parameterWithoutDecay("extra_tokens", new Init.Normal(1), 1, config.extraTokens(), config.width());
        boolean post = config.block().norm() == NormPlacement.POST;
        boolean normed = !post || (featureEncoder.normalizes() && config.prenet() == 0);
        this.norm = normed ? null : child("context_norm", new LayerNorm(config.width(), epsilon));
        this.prenet = child("context", new Blocks(config.block(), config.prenet(), 0, total, config.layerDrop()));
        this.shared =
                child("main", new Blocks(config.block(), config.depth(), config.prenet(), total, config.layerDrop()));
        boolean ends = !post && config.pooling() != OutputPooling.PLAIN_MEAN;
        this.finalNorm = ends ? child("norm", new LayerNorm(config.width(), epsilon)) : null;
    }

    private <M extends Module> @Nullable M optional(String name, @Nullable M module) {
        return module == null ? null : child(name, module);
    }

    /** What it was built from. */
    public EncoderConfig config() {
        return config;
    }

    /** The feature encoder. */
    public FeatureEncoder featureEncoder() {
        return featureEncoder;
    }

    /** The shared blocks: what a teacher of the blocks alone averages. */
    public Module blocks() {
        return shared;
    }

    /** Everything behind the feature encoder, by name: what a teacher that shares the student's feature encoder averages. */
    public Map<String, Module> afterFeatureEncoder() {
        Map<String, Module> modules = new LinkedHashMap<>();
        put(modules, "positions", positions);
        put(modules, "bias", bias);
        put(modules, "context_norm", norm);
        put(modules, "context", prenet);
        put(modules, "main", shared);
        put(modules, "norm", finalNorm);
        return modules;
    }

    /** Every block by its parameters' prefix, in order: the pre-net's first. */
    public Map<String, Module> layers() {
        Map<String, Module> layers = new LinkedHashMap<>();
        for (int i = 0; i < prenet.depth(); i++) {
            layers.put("context.blocks." + i, prenet.all().get(i));
        }
        for (int i = 0; i < shared.depth(); i++) {
            layers.put("main.blocks." + i, shared.all().get(i));
        }
        return layers;
    }

    /** {@link #afterFeatureEncoder()} without the convolutional positions. */
    public Map<String, Module> afterPositions() {
        Map<String, Module> modules = afterFeatureEncoder();
        modules.remove("positions");
        return modules;
    }

    private static void put(Map<String, Module> modules, String name, @Nullable Module module) {
        if (module != null) {
            modules.put(name, module);
        }
    }

    /** All tokens of a batch through the whole encoder, nothing masked. */
    public Output forward(Input input) {
        Layout layout = featureEncoder.layout(input);
        return encode(featureEncoder.tokens(input, layout), layout);
    }

    /**
     * The final features (B, E + T, D) of a whole input, extra tokens first, for a visitor that looks at blocks one by one. Where nothing is
     * recorded for gradients, a block's output is freed when the next is done.
     */
    public Tensor forward(Input input, Block.Visitor visitor) {
        Layout layout = featureEncoder.layout(input);
        return encode(featureEncoder.tokens(input, layout), layout, visitor);
    }

    /**
     * The batch cut into slices, in order, that are best computed one after the other while nothing is recorded for gradients: what a block makes on
     * the way stays small. The batch itself where it is small, or on another device than a CPU.
     */
    public List<Input> slices(Input input) {
        return InferenceSlices.of(this, input);
    }

    /** {@link #forward(Input)} for inputs without padding. */
    public Output forward(Tensor source) {
        return forward(new Input(source, new long[Math.toIntExact(source.size(0))]));
    }

    /** All tokens (B, T, D), or tokens whose masked ones have been replaced, through positions and blocks. */
    public Output encode(Tensor tokens_BTD, Layout layout) {
        return transform(withPositions(tokens_BTD, layout), scores(layout, tokens_BTD.device()));
    }

    /** {@link #forward(Input, Block.Visitor)} of tokens (B, T, D). */
    public Tensor encode(Tensor tokens_BTD, Layout layout, Block.Visitor visitor) {
        AttentionBias scores = scores(layout, tokens_BTD.device());
        Tensor begun = Scope.lean(() -> withExtraTokens(withPositions(tokens_BTD, layout)));
        Tensor x = shared.forward(prenet.forward(begun, scores, visitor), scores, visitor);
        return normed(x);
    }

    /**
     * How much each token takes of each other in the last block, (B, H, E + T, E + T), extra tokens first; rows sum to one. Nothing
     * is masked.
     */
    public Tensor attention(Input input) {
        Layout layout = featureEncoder.layout(input);
        Tensor tokens_BTD = featureEncoder.tokens(input, layout);
        AttentionBias scores = scores(layout, tokens_BTD.device());
        Tensor begun = withExtraTokens(withPositions(tokens_BTD, layout));
        Output output = transformBlocks(begun, scores);
        List<Tensor> inputs = new ArrayList<>(List.of(begun));
        output.prenet().forEach(block -> inputs.add(block.tokens_BTD()));
        output.blocks().forEach(block -> inputs.add(block.tokens_BTD()));
        Block last = shared.all().get(shared.depth() - 1);
        return last.attention(inputs.get(inputs.size() - 2), scores.of(prenet.depth() + shared.depth() - 1));
    }

    private AttentionBias scores(Layout layout, Device device) {
        AttentionBias distance =
                bias == null ? AttentionBias.NONE : bias.whole(layout.grid(), config.extraTokens(), device);
        return AttentionMask.of(distance, Padding.scores(layout, 1, device), config.extraTokens());
    }

    /** Tokens that know their place. */
    private Tensor withPositions(Tensor tokens_BTD, Layout layout) {
        Device device = tokens_BTD.device();
        Tensor x = layout.clearsPadding() ? Padding.zeroed(tokens_BTD, Padding.input(layout, device)) : tokens_BTD;
        if (positions != null) {
            x = x.add(positions.forward(x, Padding.valid(layout, device)));
        }
        return x;
    }

    /** The visible tokens of every clone: (B, T, D) tokens of samples to features of (R, E + V, D). */
    public Output encodeVisible(Tensor tokens_BTD, MaskIndices view) {
        Tensor x_RVD = view.visibleOf(tokens_BTD);
        if (positions != null) {
            x_RVD = x_RVD.add(view.visibleOfRows(relativePositions(x_RVD, view)));
        }
        AttentionBias distance = bias == null ? AttentionBias.NONE : bias.visible(view, config.extraTokens());
        return transform(x_RVD, AttentionMask.of(distance, view.scores(), config.extraTokens()));
    }

    /** Computed over all places of each clone, its masked ones 0. */
    private Tensor relativePositions(Tensor visible_RVD, MaskIndices view) {
        Tensor places = Tensors.zeros(
                visible_RVD.type(),
                visible_RVD.device(),
                (long) view.rows() * view.grid().size(),
                config.width());
        Tensor x_RTD = view.scatter(visible_RVD, places).view(view.rows(), -1, config.width());
        Tensor valid = Padding.valid(view.layout(), view.masks().clones(), visible_RVD.device());
        return Objects.requireNonNull(positions).forward(x_RTD, valid);
    }

    private Output transform(Tensor tokens_BVD, AttentionBias scores) {
        return transformBlocks(withExtraTokens(tokens_BVD), scores);
    }

    /** What the first block is given. */
    private Tensor withExtraTokens(Tensor tokens_BVD) {
        Tensor x = tokens_BVD;
        if (extraTokens != null) {
            Tensor extra_BED = extraTokens.value().expand(x.size(0), -1, -1);
            x = Tensors.cat(List.of(extra_BED, x), 1);
        }
        x = norm == null ? x : norm.forward(x);
        return F.dropout(x, training() ? config.dropout() : 0);
    }

    private Output transformBlocks(Tensor begun_BVD, AttentionBias scores) {
        List<Block.Output> early = prenet.forward(begun_BVD, scores);
        Tensor x = begun_BVD;
        x = early.isEmpty() ? x : early.get(early.size() - 1).tokens_BTD();
        List<Block.Output> late = shared.forward(x, scores);
        x = late.isEmpty() ? x : late.get(late.size() - 1).tokens_BTD();
        return new Output(early, late, normed(x), config.extraTokens());
    }

    private Tensor normed(Tensor x_BSD) {
        boolean each = finalNorm != null && config.pooling() != OutputPooling.NORMED_MEAN;
        return each ? Objects.requireNonNull(finalNorm).forward(x_BSD) : x_BSD;
    }

    /** (B, D): one vector for each sample, of its features, as the config's pooling says; padding is left out. */
    public Tensor pooled(Output output, Layout layout) {
        return pooled(output.features_BTD(), layout);
    }

    /** {@link #pooled(Output, Layout)} of final features (B, E + T, D). */
    public Tensor pooled(Tensor features_BSD, Layout layout) {
        int extra = config.extraTokens();
        if (config.pooling() == OutputPooling.CLS) {
            return cls(features_BSD, extra).to(DType.F32);
        }
        Tensor mean_BD = mean(features_BSD, extra, layout);
        return finalNorm != null && config.pooling() == OutputPooling.NORMED_MEAN
                ? finalNorm.forward(mean_BD)
                : mean_BD;
    }

    /** (B, D): the mean of (B, E + T, D) over positions that are input; extra tokens are left out. */
    public static Tensor mean(Tensor x_BSD, int extra, Layout layout) {
        Tensor x_BTD = withoutExtra(x_BSD, extra).to(DType.F32);
        Tensor valid_BT1 = Padding.input(layout, x_BTD.device());
        return valid_BT1 == null
                ? x_BTD.mean(false, 1)
                : x_BTD.mul(valid_BT1).sum(false, 1).div(valid_BT1.sum(false, 1));
    }

    /** (B, E + T, D) without its first {@code extra} tokens. */
    public static Tensor withoutExtra(Tensor x_BTD, int extra) {
        return extra == 0 ? x_BTD : x_BTD.narrow(1, extra, x_BTD.size(1) - extra);
    }
}
