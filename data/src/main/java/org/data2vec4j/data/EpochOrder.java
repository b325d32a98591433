package org.data2vec4j.data;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * An endless stream of epochs, each a permutation of all samples that depends on (seed, epoch) alone; so a stream that starts
 * at a position gives exactly what an earlier stream gave from there on.
 */
public final class EpochOrder implements SampleOrder {
    private final int size;
    private final long seed;
    private int epoch;
    private int offset;
    private int[] permutation;

    /**
     * The order of {@code size} samples from a position on. A position past the end of an epoch throws
     * {@link org.data2vec4j.core.UserException}: it belongs to other data.
     */
    public EpochOrder(int size, long seed, LoaderPosition start) {
        this.size = Check.positive("samples", size);
        this.seed = seed;
        Check.that(
                start.offset() <= size,
                "the loader position is sample " + start.offset() + " of an epoch, but the data has " + size
                        + " samples; resume with the data the run was started with");
        boolean atEnd = start.offset() == size;
        this.epoch = atEnd ? start.epoch() + 1 : start.epoch();
        this.offset = atEnd ? 0 : start.offset();
        this.permutation = permutation(size, seed, epoch);
    }

    /** The samples of an epoch in the order they are drawn. */
    public static int[] permutation(int size, long seed, int epoch) {
        return Rng.of(seed, RngStream.EPOCH_ORDER, epoch).permutation(size);
    }

    @Override
    public SampleSlots take(int count) {
        int[] samples = new int[count];
        int[] epochs = new int[count];
        int[] offsets = new int[count];
        for (int i = 0; i < count; i++) {
            samples[i] = permutation[offset];
            epochs[i] = epoch;
            offsets[i] = offset;
            advance();
        }
        return new SampleSlots(samples, epochs, offsets);
    }

    private void advance() {
        offset++;
        if (offset == size) {
            offset = 0;
            epoch++;
            permutation = permutation(size, seed, epoch);
        }
    }

    @Override
    public int epochSize() {
        return size;
    }

    @Override
    public LoaderPosition position() {
        return new LoaderPosition(epoch, offset);
    }
}
