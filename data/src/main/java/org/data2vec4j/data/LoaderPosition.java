package org.data2vec4j.data;

import org.data2vec4j.core.Check;

/**
 * The place in an endless stream of epochs from which a loader goes on: the next sample is number {@code offset} of the
 * permutation of {@code epoch}. Both count from zero; kept in checkpoints.
 */
public record LoaderPosition(int epoch, int offset) {
    /** The first sample of the first epoch. */
    public static final LoaderPosition START = new LoaderPosition(0, 0);

    /** Refuses negative values with a {@link org.data2vec4j.core.UserException} naming the field. */
    public LoaderPosition {
        Check.inRange("epoch", epoch, 0, Integer.MAX_VALUE);
        Check.inRange("offset", offset, 0, Integer.MAX_VALUE);
    }
}
