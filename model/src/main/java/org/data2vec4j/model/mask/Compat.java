package org.data2vec4j.model.mask;

/** Whose treatment of padding is followed. */
public enum Compat {
    /** Padding never changes a result: it enters no statistics, no convolution, no attention and no mask. */
    NONE,
    /**
     * As fairseq: padding is kept out of attention only; it enters the instance norm, the convolutional positions and the
     * decoder. For weights and numbers made by it.
     */
    FAIRSEQ
}
