package org.data2vec4j.data;

import java.util.Arrays;
import org.data2vec4j.core.Check;

/** Samples 0 to n−1, each once, in order. */
public final class SequentialOrder implements SampleOrder {
    private final int count;
    private int offset;

    /** The first {@code count} samples; {@code count} is positive. */
    public SequentialOrder(int count) {
        this.count = Check.positive("samples", count);
    }

    @Override
    public SampleSlots take(int wanted) {
        int taken = Math.min(wanted, count - offset);
        int first = offset;
        int[] samples = new int[taken];
        Arrays.setAll(samples, i -> first + i);
        offset += taken;
        return new SampleSlots(samples, new int[taken], samples.clone());
    }

    @Override
    public int epochSize() {
        return count;
    }

    @Override
    public LoaderPosition position() {
        return offset < count ? new LoaderPosition(0, offset) : new LoaderPosition(1, 0);
    }
}
