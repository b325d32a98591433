package org.data2vec4j.model.encoder;

import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** A layout's padding as tensors. B samples, M clones, T positions. */
public final class Padding {
    private Padding() {}

    /** {@link #valid(Layout, int, Device)} for the samples themselves. */
    public static @Nullable Tensor valid(Layout layout, Device device) {
        return valid(layout, 1, device);
    }

    /**
     * (B·M, T, 1): 1 where a position is input, 0 where it is padding. Null where padding need not be told apart: there is
     * none, or it is to be treated as input.
     */
    public static @Nullable Tensor valid(Layout layout, int clones, Device device) {
        return layout.excludesPadding() ? ones(layout, clones, device) : null;
    }

    /** (B, T, 1): 1 where a position is input, 0 where it is padding, however padding is treated; null if there is none. */
    public static @Nullable Tensor input(Layout layout, Device device) {
        return layout.padded() ? ones(layout, 1, device) : null;
    }

    private static Tensor ones(Layout layout, int clones, Device device) {
        long rows = (long) layout.samples() * clones;
        return Tensors.of(fill(layout, clones, 1, 0), rows, layout.grid().size(), 1)
                .to(device);
    }

    /** (B·M, 1, 1, T): 0, or −∞ at padding, to be added to attention scores; null if there is no padding. */
    public static @Nullable Tensor scores(Layout layout, int clones, Device device) {
        if (!layout.padded()) {
            return null;
        }
        float[] scores = fill(layout, clones, 0, Float.NEGATIVE_INFINITY);
        return Tensors.of(
                        scores,
                        (long) layout.samples() * clones,
                        1,
                        1,
                        layout.grid().size())
                .to(device);
    }

    /** (B, T, 1): 1 at the first {@code lengths} positions of each row, 0 behind them. */
    public static Tensor upTo(long[] lengths, long positions, Device device) {
        float[] values = new float[Math.toIntExact(lengths.length * positions)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % positions < lengths[(int) (i / positions)] ? 1 : 0;
        }
        return Tensors.of(values, lengths.length, positions, 1).to(device);
    }

    private static float[] fill(Layout layout, int clones, float input, float padding) {
        int size = layout.grid().size();
        float[] values = new float[layout.samples() * clones * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % size < layout.length(i / size / clones) ? input : padding;
        }
        return values;
    }

    /** {@code x} with 0 at padding; itself where {@code valid} is null. */
    public static Tensor zeroed(Tensor x, @Nullable Tensor valid) {
        return valid == null ? x : x.mul(valid.to(x.type()));
    }
}
