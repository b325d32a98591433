package org.data2vec4j.data;

/** The first word of every key given to {@link org.data2vec4j.core.Rng} in this module, so that no two uses share a stream. */
public final class RngStream {
    /** The permutation of an epoch: key (seed, this, epoch). */
    public static final long EPOCH_ORDER = 0x6F72646572L;

    /** Crop, flip and colour of one sample: key (seed, this, epoch, sample). */
    public static final long AUGMENTATION = 0x6175676D656E74L;

    /** The picture of a synthetic sample: key (seed, this, sample). */
    public static final long SYNTHETIC_IMAGE = 0x73796E746865L;

    /** The class of a synthetic sample: key (seed, this, sample). */
    public static final long SYNTHETIC_LABEL = 0x6C6162656CL;

    /** The order of an epoch's batches: key (seed, this, epoch). */
    public static final long BATCH_ORDER = 0x6261746368L;

    /** The place of a crop in one recording: key (seed, this, epoch, sample). */
    public static final long AUDIO_CROP = 0x63726F70L;

    /** The length of the crops of one batch: key (seed, this, epoch, batch). */
    public static final long CROP_LENGTH = 0x6C656E677468L;

    /** What is said in a synthetic utterance and how: key (seed, this, sample). */
    public static final long SYNTHETIC_SPEECH = 0x7370656563L;

    /** The noises of a synthetic utterance: key (seed, this, sample). */
    public static final long SYNTHETIC_NOISE = 0x6E6F697365L;

    /** The voice of a synthetic speaker: key (seed, this, speaker). */
    public static final long SYNTHETIC_VOICE = 0x766F696365L;

    /** The samples of a share of the data: key (seed, this, size). */
    public static final long SUBSET = 0x737562736574L;

    /** The words of a synthetic document: key (seed, this, document). */
    public static final long SYNTHETIC_TEXT = 0x77726974696E67L;

    /** Noise, room and background of one recording: key (seed, this, update, sample, change). */
    public static final long AUDIO_CHANGE = 0x6368616E6765L;

    /** The mixing of a batch's pictures: key (seed, this, epoch and place where the next batch begins). */
    public static final long MIXING = 0x6D6978696E67L;

    private RngStream() {}
}
