package org.data2vec4j.interop.pickle;

import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.DType;

/**
 * A tensor in a checkpoint, not read yet: a strided view of a storage.
 *
 * @param storage the storage's key in the file
 * @param type its element type
 * @param elements how many elements the storage is said to have
 * @param offset the first element of the view
 * @param sizes sizes of the dimensions
 * @param strides elements from one entry of each dimension to the next
 */
public record PickleTensor(
        String storage, DType type, long elements, long offset, List<Long> sizes, List<Long> strides) {
    private static final int MOST_DIMENSIONS = 64;

    /** Refuses views that overflow or reach outside their storage. */
    public PickleTensor {
        sizes = List.copyOf(sizes);
        strides = List.copyOf(strides);
        if (sizes.size() != strides.size() || sizes.size() > MOST_DIMENSIONS) {
            throw new UserException("a tensor has " + sizes.size() + " sizes and " + strides.size()
                    + " strides; the file is damaged or made to mislead");
        }
        long last = offset;
        long count = 1;
        boolean empty = false;
        try {
            for (int i = 0; i < sizes.size(); i++) {
                long size = sizes.get(i);
                long stride = strides.get(i);
                if (size < 0 || stride < 0) {
                    throw new UserException(
                            "a tensor has size " + size + " with stride " + stride + "; negative ones are not allowed");
                }
                empty |= size == 0;
                count = Math.multiplyExact(count, size);
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, size - 1), stride));
            }
            Math.multiplyExact(count, type.bytes());
        } catch (ArithmeticException e) {
            throw new UserException(
                    "a tensor of shape " + sizes + " is larger than any memory; the file is damaged", e);
        }
        if (offset < 0 || elements < 0 || (!empty && last >= elements)) {
            throw new UserException("a tensor of shape " + sizes + " reaches element " + last + " of a storage of "
                    + elements + "; the file is damaged or made to mislead");
        }
        if (!empty && count >> 20 > Math.max(1, elements)) {
            throw new UserException("a tensor of shape " + sizes + " repeats a storage of " + elements
                    + " elements beyond reason; the file is made to mislead");
        }
    }

    /** The sizes of its dimensions. */
    public long[] shape() {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    /** How many elements it has. */
    public long numel() {
        return sizes.stream().reduce(1L, (a, b) -> a * b);
    }

    /** Whether its elements lie one after the other in row-major order. */
    public boolean contiguous() {
        long expected = 1;
        for (int i = sizes.size() - 1; i >= 0; i--) {
            if (sizes.get(i) != 1 && strides.get(i) != expected) {
                return false;
            }
            expected *= sizes.get(i);
        }
        return true;
    }

    /** The storage's elements in row-major order of the view. */
    int[] positions() {
        int[] places = new int[Math.toIntExact(numel())];
        long[] index = new long[sizes.size()];
        for (int i = 0; i < places.length; i++) {
            long place = 0;
            for (int d = 0; d < index.length; d++) {
                place += index[d] * strides.get(d);
            }
            places[i] = Math.toIntExact(place);
            for (int d = index.length - 1; d >= 0 && ++index[d] == sizes.get(d); d--) {
                index[d] = 0;
            }
        }
        return places;
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape());
    }
}
