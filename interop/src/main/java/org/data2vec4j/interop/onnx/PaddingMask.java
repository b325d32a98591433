package org.data2vec4j.interop.onnx;

import org.jspecify.annotations.Nullable;

/**
 * Where the positions of a padded batch are input. Shapes: B samples, T positions.
 *
 * @param valid_BT1 1 where a position is input, 0 where it is padding
 * @param scores_B11T 0, or −∞ at padding, to be added to attention scores
 */
record PaddingMask(Value valid_BT1, Value scores_B11T) {
    /** That of sequences of such lengths; null without lengths. */
    static @Nullable PaddingMask of(Ops ops, TokenValues tokens) {
        if (tokens.lengths_B() == null) {
            return null;
        }
        Value input_BT = upTo(ops, tokens.lengths_B(), tokens.count());
        Value scores_BT = ops.where(input_BT, ops.scalar(0f), ops.scalar(Float.NEGATIVE_INFINITY));
        return new PaddingMask(ops.unsqueeze(ops.floats(input_BT), 2), ops.unsqueeze(scores_BT, 1, 2));
    }

    /** (B, T): whether a position is one of the first so many of its sample. */
    static Value upTo(Ops ops, Value lengths_B, Value scalarCount) {
        return ops.less(ops.unsqueeze(ops.range(scalarCount), 0), ops.unsqueeze(lengths_B, 1));
    }

    /** (B, T, D) with 0 at padding; itself where {@code mask} is null. */
    static Value zeroed(Ops ops, Value x_BTD, @Nullable PaddingMask mask) {
        return mask == null ? x_BTD : ops.mul(x_BTD, mask.valid_BT1());
    }

    /** (B, D): the mean over positions that are input. */
    static Value mean(Ops ops, Value x_BTD, @Nullable PaddingMask mask) {
        if (mask == null) {
            return ops.mean(x_BTD, 1, false);
        }
        return ops.div(ops.sum(ops.mul(x_BTD, mask.valid_BT1()), 1, false), ops.sum(mask.valid_BT1(), 1, false));
    }
}
