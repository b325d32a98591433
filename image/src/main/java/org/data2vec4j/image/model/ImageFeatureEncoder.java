package org.data2vec4j.image.model;

import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.GridPositions;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.tensor.Tensor;

/** Images to tokens: patches, embedded, with fixed positions. Shapes: B batch, C channels, T = h·w positions, p patch, D width. */
public final class ImageFeatureEncoder extends FeatureEncoder {
    private final ImageConfig config;
    private final PatchEmbedding proj;
    private final GridPositions positions;

    /** A feature encoder to tokens of {@code width} features with sine-cosine positions. */
    public ImageFeatureEncoder(ImageConfig config, int width) {
        this(config, width, ImagePositions.SIN_COS.of(width));
    }

    /** A feature encoder whose positions are given, for weights that came with their own. */
    public ImageFeatureEncoder(ImageConfig config, int width, GridPositions positions) {
        this.config = config;
        this.positions = positions;
        this.proj = child("proj", new PatchEmbedding(config.channels(), config.patch(), width));
    }

    @Override
    public Tensor tokens(Input input, Layout layout) {
        Tensor source_BCHW = input.source();
        return proj.forward(patches(source_BCHW)).add(positions.of(layout.grid(), source_BCHW.device()));
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
        Grid grid = grid(source_BCHW);
        long batch = source_BCHW.size(0);
        int patch = config.patch();
        return source_BCHW
                .reshape(batch, config.channels(), grid.height(), patch, grid.width(), patch)
                .permute(0, 2, 4, 1, 3, 5) // B h w C p p
                .reshape(batch, grid.size(), patchSize());
    }

    @Override
    public int patchSize() {
        return config.channels() * config.patch() * config.patch();
    }
}
