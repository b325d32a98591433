package org.data2vec4j.image.model;

import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.GridPositions;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Images to tokens: patches, embedded, with fixed positions. Shapes: B batch, C channels, T = h·w positions, p patch, D width. */
public final class ImageFeatureEncoder extends FeatureEncoder {
    private final ImageConfig config;
    private final @Nullable ConvStem stem;
    private final PatchEmbedding proj;
    private final GridPositions positions;
    private final @Nullable Parameter learned;

    /** A feature encoder to tokens of {@code width} features with sine-cosine positions. */
    public ImageFeatureEncoder(ImageConfig config, int width) {
        this(config, width, ImagePositions.SIN_COS.of(width));
    }

    /** A feature encoder whose positions are given, for weights that came with their own. */
    public ImageFeatureEncoder(ImageConfig config, int width, GridPositions positions) {
        this(config, width, positions, false, new ImageStem.None());
    }

    /** A feature encoder with positions of a kind. */
    public ImageFeatureEncoder(ImageConfig config, int width, ImagePositions positions) {
        this(config, width, positions, new ImageStem.None());
    }

    /** A feature encoder with positions of a kind, and a stem between pixels and patches. */
    public ImageFeatureEncoder(ImageConfig config, int width, ImagePositions positions, ImageStem stem) {
        this(config, width, positions.of(width), positions == ImagePositions.LEARNED, stem);
    }

    private ImageFeatureEncoder(
            ImageConfig config, int width, GridPositions positions, boolean learns, ImageStem stem) {
        this.config = config;
        this.positions = positions;
        ConvStem built = stem.build(config.channels());
        this.stem = built == null ? null : child("stem", built);
        int channels = built == null ? config.channels() : built.channels();
        this.proj = child("proj", new PatchEmbedding(channels, config.patch(), width));
        this.learned = learns
                ? parameterWithoutDecay(
                        "positions", new Init.Normal(0.02), config.grid().size(), width)
                : null;
    }

    @Override
    public Tensor tokens(Input input, Layout layout) {
        Tensor source_BCHW = input.source();
        Tensor tokens_BTD = proj.forward(cut(stem == null ? source_BCHW : stem.forward(source_BCHW)));
        if (learned == null) {
            return tokens_BTD.add(positions.of(layout.grid(), source_BCHW.device()));
        }
        if (!layout.grid().equals(config.grid())) {
            throw new UserException(
                    "images have " + layout.grid().size() + " patches, and the model learned the positions" + " of "
                            + config.grid().size() + "; give images of " + config.size() + " pixels");
        }
        return tokens_BTD.add(learned.value());
    }

    @Override
    public Layout layout(Input input) {
        return Layout.of(grid(input.source()), Math.toIntExact(input.source().size(0)));
    }

    @Override
    public int axes() {
        return 2;
    }

    /** The grid of patches of such images. */
    public Grid grid(Tensor source_BCHW) {
        long height = source_BCHW.size(2);
        long wide = source_BCHW.size(3);
        if (height % config.patch() != 0 || wide % config.patch() != 0) {
            throw new IllegalArgumentException(
                    "an image of " + height + "×" + wide + " pixels does not divide into patches of " + config.patch());
        }
        return new Grid((int) height / config.patch(), (int) wide / config.patch());
    }

    @Override
    public Tensor patches(Tensor source_BCHW) {
        return cut(source_BCHW);
    }

    /** (B, K, H, W) to (B, T, K·p·p). */
    private Tensor cut(Tensor source_BCHW) {
        Grid grid = grid(source_BCHW);
        long batch = source_BCHW.size(0);
        int patch = config.patch();
        return source_BCHW
                .reshape(batch, source_BCHW.size(1), grid.height(), patch, grid.width(), patch)
                .permute(0, 2, 4, 1, 3, 5) // B h w C p p
                .reshape(batch, grid.size(), -1);
    }

    @Override
    public int patchSize() {
        return config.channels() * config.patch() * config.patch();
    }
}
