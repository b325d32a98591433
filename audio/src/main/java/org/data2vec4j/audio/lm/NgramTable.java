package org.data2vec4j.audio.lm;

import java.util.Arrays;

/**
 * All n-grams of one order in flat arrays: an entry is found by (slot of its first n − 1 words, last word), exactly, without
 * fingerprints. Slots are final once a higher order has been added on top; a table grows only while it is being read.
 * An entry costs 16 bytes (12 in the highest order) over a load of three quarters.
 */
final class NgramTable {
    private static final long EMPTY = -1;
    private static final int FIRST = 1 << 16;

    private long[] keys;
    private float[] logProbabilities;
    private float[] backoffs; // empty in the highest order
    private int size;

    /** A table for a declared number of entries, which it does not believe: memory grows with what arrives. */
    NgramTable(long declared, boolean highest) {
        int capacity = (int) Math.max(4, Math.min(FIRST, declared + declared / 3 + 1));
        keys = new long[capacity];
        Arrays.fill(keys, EMPTY);
        logProbabilities = new float[capacity];
        backoffs = new float[highest ? 0 : capacity];
    }

    /** Adds an entry and returns its slot for now, or −1 if it is there already. */
    int add(int context, int word, float logProbability, float backoff) {
        if (size + 1L > keys.length * 3L / 4) {
            grow();
        }
        long key = key(context, word);
        int slot = probe(key);
        if (keys[slot] == key) {
            return -1;
        }
        keys[slot] = key;
        logProbabilities[slot] = logProbability;
        if (backoffs.length > 0) {
            backoffs[slot] = backoff;
        }
        size++;
        return slot;
    }

    /** The slot of an entry, or −1. */
    int find(int context, int word) {
        long key = key(context, word);
        int slot = probe(key);
        return keys[slot] == key ? slot : -1;
    }

    /** Natural logarithm of the probability of the entry's last word after the others. */
    float logProbability(int slot) {
        return logProbabilities[slot];
    }

    /** Natural logarithm of what a shorter context's probability is multiplied by after this entry. */
    float backoff(int slot) {
        return backoffs.length == 0 ? 0 : backoffs[slot];
    }

    int size() {
        return size;
    }

    private int probe(long key) {
        int slot = (int) (((mix(key) >>> 32) * keys.length) >>> 32);
        while (keys[slot] != EMPTY && keys[slot] != key) {
            slot = slot + 1 == keys.length ? 0 : slot + 1;
        }
        return slot;
    }

    private void grow() {
        long wanted = keys.length * 2L;
        if (wanted > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("an order holds more than " + size + " n-grams");
        }
        long[] oldKeys = keys;
        float[] oldLogs = logProbabilities;
        float[] oldBackoffs = backoffs;
        keys = new long[(int) wanted];
        Arrays.fill(keys, EMPTY);
        logProbabilities = new float[keys.length];
        backoffs = new float[oldBackoffs.length == 0 ? 0 : keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                int slot = probe(oldKeys[i]);
                keys[slot] = oldKeys[i];
                logProbabilities[slot] = oldLogs[i];
                if (backoffs.length > 0) {
                    backoffs[slot] = oldBackoffs[i];
                }
            }
        }
    }

    private static long key(int context, int word) {
        return ((long) context << 32) | word; // both are at least 0, so no key is EMPTY
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
