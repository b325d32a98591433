package org.data2vec4j.audio.data;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;

/** How many recordings make a batch. */
public sealed interface BatchSize {
    /** Whether a batch of {@code count} recordings padded to {@code width} samples each is within bounds. */
    boolean allows(int count, int width);

    /** Up to {@code samples} samples, padding included, and up to {@code clips} recordings. One recording is always allowed. */
    @Kind("samples")
    record BySamples(int samples, int clips) implements BatchSize {
        /** Refuses less than one of either. */
        public BySamples {
            Check.positive("samples", samples);
            Check.positive("clips", clips);
        }

        @Override
        public boolean allows(int count, int width) {
            return count <= clips && (count == 1 || (long) count * width <= samples);
        }
    }

    /** Always {@code clips} recordings, fewer only in the last batch of an epoch. */
    @Kind("count")
    record ByCount(int clips) implements BatchSize {
        /** Refuses less than one. */
        public ByCount {
            Check.positive("clips", clips);
        }

        @Override
        public boolean allows(int count, int width) {
            return count <= clips;
        }
    }
}
