package org.data2vec4j.text.tokenizer;

import java.util.Arrays;

/** Distinct words, as bytes, numbered from 0 in the order first met. Not thread-safe. */
final class WordTable {
    private static final int LARGEST = Integer.MAX_VALUE - 16;

    private byte[] bytes = new byte[1 << 12];
    private int[] ends = new int[1 << 9]; // where each word ends in bytes; it begins where the one before ends
    private int[] hashes = new int[1 << 9];
    private int[] slots = new int[1 << 10]; // number + 1, 0 for a free slot; at most half are taken
    private int size;

    int size() {
        return size;
    }

    /** The number of a word; −1 if it is not in the table. */
    int find(byte[] text, int from, int to) {
        return slots[slot(text, from, to, hash(text, from, to))] - 1;
    }

    /** The number of a word, which is appended if it is new. */
    int add(byte[] text, int from, int to) {
        int hash = hash(text, from, to);
        int slot = slot(text, from, to, hash);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        append(text, from, to, hash);
        slots[slot] = size;
        if (size * 2L >= slots.length) {
            grow();
        }
        return size - 1;
    }

    int length(int word) {
        return ends[word] - start(word);
    }

    int start(int word) {
        return word == 0 ? 0 : ends[word - 1];
    }

    /** The bytes that {@link #start} counts in. */
    byte[] bytes() {
        return bytes;
    }

    private void append(byte[] text, int from, int to, int hash) {
        int start = size == 0 ? 0 : ends[size - 1];
        long end = (long) start + to - from;
        if (end > LARGEST) {
            throw new IllegalStateException("the distinct words of the text take more than 2 GiB");
        }
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(end, bytes.length * 2L)));
        }
        System.arraycopy(text, from, bytes, start, to - from);
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        ends[size] = (int) end;
        hashes[size] = hash;
        size++;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int word = 0; word < size; word++) {
            int slot = hashes[word] & mask;
            while (slots[slot] > 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = word + 1;
        }
    }

    private int slot(byte[] text, int from, int to, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] > 0) {
            int word = slots[slot] - 1;
            if (hashes[word] == hash && Arrays.equals(bytes, start(word), ends[word], text, from, to)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int hash(byte[] text, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + text[i];
        }
        hash *= 0x9E3779B1; // neighbours in the alphabet must not be neighbours in the table
        return hash ^ hash >>> 15;
    }
}
