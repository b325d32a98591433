package org.data2vec4j.text.tokenizer;

import java.util.Arrays;

/** A growing list of whole numbers without boxes. Not thread-safe. */
public final class IntList {
    private int[] values = new int[16];
    private int size;

    /** Appends a number. */
    public void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    /** Appends the first {@code count} numbers of an array. */
    public void addAll(int[] from, int offset, int count) {
        if (size + count > values.length) {
            values = Arrays.copyOf(values, Math.max(size + count, size * 2));
        }
        System.arraycopy(from, offset, values, size, count);
        size += count;
    }

    /** The number at a place. */
    public int get(int index) {
        return values[index];
    }

    /** The last number; the list is not empty. */
    public int last() {
        return values[size - 1];
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Empties the list, keeping its memory. */
    public void clear() {
        size = 0;
    }

    /** A copy of the numbers. */
    public int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
