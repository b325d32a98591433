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
        PLACES,
        /** The CLS token, and its place: the first row of a table (1, 1 + T, D) of places. */
        CLS_PLACE,
        /** The other rows of that table. */
        PATCH_PLACES,
        /** A tensor for each block, and the last one for all blocks, which are added. */
        BLOCKS_AND_ALL,
        /** The rows are a patch's values, there by row, column and colour, here by colour, row and column. */
        PIXELS
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
        return index == 1 && (form == Form.KEYLESS || form == Form.PLACES || form == Form.CLS_PLACE);
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
            case CLS_PLACE ->
                index == 0
                        ? Arrays.equals(theirShape, ourShape)
                        : theirShape.length == 3
                                && theirShape[0] == 1
                                && theirShape[1] >= 1
                                && theirShape[2] == ourShape[2];
            case PATCH_PLACES -> Arrays.equals(theirShape, new long[] {1, ourShape[0] + 1, ourShape[1]});
            case BLOCKS_AND_ALL ->
                theirs.size() == ourShape[0] + 1 && Arrays.equals(theirShape, withoutFirst(ourShape));
            case PIXELS ->
                Arrays.equals(theirShape, ourShape) && 3L * side(ourShape[0]) * side(ourShape[0]) == ourShape[0];
            case PLACES ->
                index == 0
                        ? Arrays.equals(theirShape, ourShape)
                        : theirShape.length == 2 && theirShape[0] >= 1 && theirShape[1] == ourShape[1];
        };
    }

    private static long[] withoutFirst(long[] shape) {
        return Arrays.copyOfRange(shape, Math.min(1, shape.length), shape.length);
    }

    /** The side of a patch of so many values in three colours. */
    private static int side(long values) {
        return (int) Math.round(Math.sqrt(values / 3.0));
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
                yield sum(first, types == null ? null : types.select(0, 0));
            }
            case CLS_PLACE -> {
                Tensor places = parts.get(1);
                yield sum(first, places == null ? null : places.narrow(1, 0, 1));
            }
            case PATCH_PLACES -> first.select(0, 0).narrow(0, 1, first.size(1) - 1);
            case BLOCKS_AND_ALL -> {
                List<Tensor> blocks = present(parts, first);
                Tensor all = blocks.remove(blocks.size() - 1);
                yield Tensors.stack(blocks, 0).add(all);
            }
            case PIXELS -> {
                int side = side(first.size(0));
                yield first.reshape(side, side, 3, -1).permute(2, 0, 1, 3).reshape(first.shape());
            }
        };
    }

    /** Adding 0 would turn −0 to 0. */
    private static Tensor sum(Tensor values, @Nullable Tensor all) {
        return all == null || zero(all) ? values : values.add(all);
    }

    private static List<Tensor> present(List<@Nullable Tensor> parts, Tensor like) {
        List<Tensor> present = new ArrayList<>();
        parts.forEach(
                part -> present.add(part == null ? Tensors.zeros(like.type(), like.device(), like.shape()) : part));
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
                    if (form == Form.ROWS || i != 1) { // the same for every key, it cancels in the softmax
                        parts.put(theirs.get(i), part);
                    }
                }
            }
            case BLOCKS -> {
                for (int i = 0; i < theirs.size(); i++) {
                    parts.put(theirs.get(i), value.select(0, i));
                }
            }
            case CLS_PLACE -> parts.put(theirs.get(0), value);
            case PATCH_PLACES ->
                parts.put(
                        theirs.get(0),
                        Tensors.cat(List.of(value.narrow(0, 0, 1).mul(0), value), 0)
                                .unsqueeze(0));
            case BLOCKS_AND_ALL -> {
                for (int i = 0; i < theirs.size() - 1; i++) {
                    parts.put(theirs.get(i), value.select(0, i));
                }
                parts.put(theirs.get(theirs.size() - 1), value.select(0, 0).mul(0));
            }
            case PIXELS -> {
                int side = side(value.size(0));
                parts.put(
                        theirs.get(0),
                        value.reshape(3, side, side, -1).permute(1, 2, 0, 3).reshape(value.shape()));
            }
            case PLACES -> {
                parts.put(theirs.get(0), value);
                parts.put(theirs.get(1), value.narrow(0, 0, 1).mul(0));
            }
        }
        return parts;
    }
}
