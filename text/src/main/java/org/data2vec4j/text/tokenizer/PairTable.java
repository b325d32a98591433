package org.data2vec4j.text.tokenizer;

import java.util.Arrays;

/** A map from pairs of token ids to whole numbers, both ids packed into one key; ordered by left id, then right. Not thread-safe. */
final class PairTable {
    private static final long FREE = -1;

    private long[] keys = free(1 << 10);
    private int[] values = new int[1 << 10];
    private int size;

    static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    static int left(long pair) {
        return (int) (pair >>> 32);
    }

    static int right(long pair) {
        return (int) pair;
    }

    int size() {
        return size;
    }

    /** The value of a pair; −1 if it has none. */
    int get(long pair) {
        int slot = slot(pair);
        return keys[slot] == FREE ? -1 : values[slot];
    }

    /** Gives a pair a value unless it has one; returns the value it has then. */
    int putIfAbsent(long pair, int value) {
        int slot = slot(pair);
        if (keys[slot] != FREE) {
            return values[slot];
        }
        insert(slot, pair, value);
        return value;
    }

    /** Gives a pair a value, whatever it had. */
    void put(long pair, int value) {
        int slot = slot(pair);
        if (keys[slot] == FREE) {
            insert(slot, pair, value);
        } else {
            values[slot] = value;
        }
    }

    private void insert(int slot, long pair, int value) {
        keys[slot] = pair;
        values[slot] = value;
        size++;
        if (size * 2 >= keys.length) {
            grow();
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = free(oldKeys.length * 2);
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private int slot(long pair) {
        int mask = keys.length - 1;
        long mixed = pair * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed ^ mixed >>> 32) & mask;
        while (keys[slot] != FREE && keys[slot] != pair) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static long[] free(int length) {
        long[] keys = new long[length];
        Arrays.fill(keys, FREE);
        return keys;
    }
}
