package org.data2vec4j.model.mask;

/** Whose treatment of padding is followed. */
public enum Compat {
    /** Padding never changes a result: it enters no statistics, no convolution, no attention and no mask. */
    NONE,
    /**
     * As fairseq: padding is kept out of attention only; it enters the instance norm, the convolutional positions and the
     * decoder. For weights and numbers made by it.
     */
    FAIRSEQ,
    /** As fairseq's wav2vec 2.0, data2vec 1 and what came of them: as {@link #FAIRSEQ}, but convolutional positions find 0 at padding. */
    FAIRSEQ_WAV2VEC
}
