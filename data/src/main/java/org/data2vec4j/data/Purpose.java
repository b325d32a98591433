package org.data2vec4j.data;

/** The first word of every key given to {@link org.data2vec4j.core.Rng} in this module, so that no two uses share a stream. */
public final class Purpose {
    /** The permutation of an epoch: key (seed, this, epoch). */
    public static final long EPOCH_ORDER = 0x6F72646572L;

    /** Crop, flip and colour of one sample: key (seed, this, epoch, sample). */
    public static final long AUGMENTATION = 0x6175676D656E74L;

    /** The picture of a synthetic sample: key (seed, this, sample). */
    public static final long SYNTHETIC_IMAGE = 0x73796E746865L;

    /** The class of a synthetic sample: key (seed, this, sample). */
    public static final long SYNTHETIC_LABEL = 0x6C6162656CL;

    /** The words of a synthetic document: key (seed, this, document). */
    public static final long SYNTHETIC_TEXT = 0x77726974696E67L;

    private Purpose() {}
}
