package org.data2vec4j.data;

import java.util.List;
import org.data2vec4j.core.Check;

/**
 * One of several processes' part of every batch: which samples a batch has, and in which order, does not depend on how many share it.
 * The parts are contiguous, differ by one sample at most, and the first ones are the larger ones; a batch of fewer samples than there
 * are processes leaves some without any.
 *
 * @param part which one, from 0
 * @param of how many there are
 */
public record Shard(int part, int of) {
    /** All of it. */
    public static final Shard WHOLE = new Shard(0, 1);

    /** Checks the ranges. */
    public Shard {
        Check.positive("shares", of);
        Check.inRange("share", part, 0, of - 1);
    }

    /** Whether it is all of it. */
    public boolean whole() {
        return of == 1;
    }

    /** The first of {@code count} samples that belongs to this part. */
    public int from(int count) {
        return boundary(part, count);
    }

    /** The first of {@code count} samples that belongs to the next part. */
    public int to(int count) {
        return boundary(part + 1, count);
    }

    private int boundary(int before, int count) {
        return before * (count / of) + Math.min(before, count % of);
    }

    /** This part of some samples. */
    public <T> List<T> of(List<T> samples) {
        return samples.subList(from(samples.size()), to(samples.size()));
    }
}
