package org.data2vec4j.text.model;

import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.TokenFeatureEncoder;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.LayerNorm;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Token numbers to tokens: the embedding of the number plus that of the place, normalised. Places count from one past the padding
 * number, as in RoBERTa, so that a text means the same wherever its padding is. Shapes: B texts, T tokens, D width.
 */
public final class TextFeatureEncoder extends TokenFeatureEncoder {
    private final TextConfig config;
    private final Parameter tokens;
    private final @Nullable Parameter places;
    private final LayerNorm norm;

    /** A feature encoder to tokens of {@code width} features. */
    public TextFeatureEncoder(TextConfig config, int width) {
        this.config = config;
        this.tokens = parameter("tokens.weight", new Init.Normal(0.02), config.vocabulary(), width);
        this.places = config.positions() == TextPositions.LEARNED
                ? parameter("places.weight", new Init.Normal(0.02), config.maxPositions() + config.pad() + 1L, width)
                : null;
        this.norm = child("norm", new LayerNorm(width, config.normEpsilon()));
    }

    /** What it was built from. */
    public TextConfig config() {
        return config;
    }

    @Override
    public int vocabulary() {
        return config.vocabulary();
    }

    @Override
    public int[] specials() {
        return new int[] {config.begin(), config.pad(), config.end()};
    }

    @Override
    public Tensor table() {
        return tokens.value();
    }

    @Override
    public Layout layout(Input input) {
        int width = (int) input.source().size(1);
        long[] ids = input.source().toLongs();
        int[] lengths = new int[(int) input.source().size(0)];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = input.lengths() == null ? unpadded(ids, i * width, width) : input.lengths()[i];
        }
        Layout layout = Layout.padded(width, lengths, config.compat());
        return config.maskSpecial() ? layout : layout.withFixed(special(ids));
    }

    private int unpadded(long[] ids, int start, int width) {
        int length = width;
        while (length > 0 && ids[start + length - 1] == config.pad()) {
            length--;
        }
        return length;
    }

    private boolean[] special(long[] ids) {
        boolean[] fixed = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            fixed[i] = ids[i] == config.begin() || ids[i] == config.end() || ids[i] == config.pad();
        }
        return fixed;
    }

    @Override
    public Tensor tokens(Input input, Layout layout) {
        Tensor x_BTD = norm.forward(places == null ? words(input) : placed(input, layout, places));
        return F.dropout(x_BTD, training() ? config.dropout() : 0);
    }

    private Tensor words(Input input) {
        return F.embedding(tokens.value(), input.source(), config.pad());
    }

    private Tensor placed(Input input, Layout layout, Parameter table) {
        Tensor placeNumbers_BT = placeNumbers(layout, input);
        return words(input).add(F.embedding(table.value(), placeNumbers_BT, config.pad()));
    }

    private Tensor placeNumbers(Layout layout, Input input) {
        int width = layout.grid().size();
        long[] numbers = new long[layout.samples() * width];
        for (int i = 0; i < numbers.length; i++) {
            int place = i % width;
            int length = layout.length(i / width);
            if (length > config.maxPositions()) {
                throw new UserException("a text of " + length + " tokens is longer than text.max_positions, "
                        + config.maxPositions() + "; cut texts shorter, or build the model for longer ones");
            }
            numbers[i] = place < length ? config.pad() + 1L + place : config.pad();
        }
        return Tensors.of(numbers, layout.samples(), width).to(input.source().device());
    }

    @Override
    public int axes() {
        return 1;
    }

    @Override
    public boolean normalizes() {
        return true;
    }

    @Override
    public boolean drops() {
        return config.dropout() > 0;
    }
}
