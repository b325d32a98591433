package org.data2vec4j.interop.huggingface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * One of our parameters and the tensors that it is in Hugging Face's form, in both directions: what {@link #split} takes apart,
 * {@link #join} puts together to the bit.
 *
 * @param ours our name
 * @param theirs their names
 * @param form how the one becomes the others
 */
record TensorMapping(String ours, List<String> theirs, Form form) {
    /** How a parameter is stored there. */
    enum Form {
        /** As it is. */
        SAME,
        /** (D) as (1, 1, D). */
        VECTOR,
        /** With a first axis of 1. */
        LEAD,
        /** Queries, keys and values apart, which are rows of ours. */
        ROWS,
        /** The same, but keys may be left out, which are 0 then: a bias of theirs cancels in the softmax. */
        KEYLESS,
        /** A tensor for each block, which are entries of the first axis of ours. */
        BLOCKS,
        /** Places, and apart from them what is added to every token: the first row of a table of types. */
        PLACES
    }

    TensorMapping {
        theirs = List.copyOf(theirs);
    }

    static TensorMapping same(String ours, String theirs) {
        return new TensorMapping(ours, List.of(theirs), Form.SAME);
    }

    /** Weight and bias of a module. */
    static List<TensorMapping> both(String ours, String theirs) {
        return List.of(same(ours + ".weight", theirs + ".weight"), same(ours + ".bias", theirs + ".bias"));
    }

    /** Whether the tensor may be left out. */
    boolean optional(int index) {
        return index == 1 && (form == Form.KEYLESS || form == Form.PLACES);
    }

    /** Whether a tensor's shape is what a parameter of this shape needs. */
    boolean fits(int index, long[] theirShape, long[] ourShape) {
        return switch (form) {
            case SAME -> Arrays.equals(theirShape, ourShape);
            case VECTOR -> Arrays.equals(theirShape, new long[] {1, 1, ourShape[0]});
            case LEAD ->
                theirShape.length == ourShape.length + 1
                        && theirShape[0] == 1
                        && Arrays.equals(withoutFirst(theirShape), ourShape);
            case ROWS, KEYLESS ->
                theirShape.length == ourShape.length
                        && theirShape[0] * 3 == ourShape[0]
                        && Arrays.equals(withoutFirst(theirShape), withoutFirst(ourShape));
            case BLOCKS -> theirs.size() == ourShape[0] && Arrays.equals(theirShape, withoutFirst(ourShape));
            case PLACES ->
                index == 0
                        ? Arrays.equals(theirShape, ourShape)
                        : theirShape.length == 2 && theirShape[0] >= 1 && theirShape[1] == ourShape[1];
        };
    }

    private static long[] withoutFirst(long[] shape) {
        return Arrays.copyOfRange(shape, Math.min(1, shape.length), shape.length);
    }

    /** Our parameter of their tensors, in order, null where one that is optional is left out. */
    Tensor join(List<@Nullable Tensor> parts) {
        Tensor first = Objects.requireNonNull(parts.get(0));
        return switch (form) {
            case SAME -> first;
            case VECTOR -> first.view(-1);
            case LEAD -> first.select(0, 0);
            case ROWS, KEYLESS -> Tensors.cat(present(parts, first), 0);
            case BLOCKS -> Tensors.stack(present(parts, first), 0);
            case PLACES -> {
                Tensor types = parts.get(1);
                Tensor all = types == null ? null : types.select(0, 0);
                // Adding 0 would turn −0 to 0.
                yield all == null || zero(all) ? first : first.add(all);
            }
        };
    }

    private static List<Tensor> present(List<@Nullable Tensor> parts, Tensor like) {
        List<Tensor> present = new ArrayList<>();
        parts.forEach(part -> present.add(part == null ? like.mul(0) : part));
        return present;
    }

    private static boolean zero(Tensor values) {
        for (float value : values.toFloats()) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** Their tensors of our parameter. */
    Map<String, Tensor> split(Tensor value) {
        Map<String, Tensor> parts = new LinkedHashMap<>();
        switch (form) {
            case SAME -> parts.put(theirs.get(0), value);
            case VECTOR -> parts.put(theirs.get(0), value.view(1, 1, -1));
            case LEAD -> parts.put(theirs.get(0), value.unsqueeze(0));
            case ROWS, KEYLESS -> {
                long rows = value.size(0) / 3;
                for (int i = 0; i < 3; i++) {
                    Tensor part = value.narrow(0, i * rows, rows);
                    if (form == Form.ROWS || i != 1 || !zero(part)) {
                        parts.put(theirs.get(i), part);
                    }
                }
            }
            case BLOCKS -> {
                for (int i = 0; i < theirs.size(); i++) {
                    parts.put(theirs.get(i), value.select(0, i));
                }
            }
            case PLACES -> {
                parts.put(theirs.get(0), value);
                parts.put(theirs.get(1), value.narrow(0, 0, 1).mul(0));
            }
        }
        return parts;
    }
}
