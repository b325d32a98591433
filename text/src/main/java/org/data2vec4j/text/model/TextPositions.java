package org.data2vec4j.text.model;

/** What the embedding says of a token's place. */
public enum TextPositions {
    /** A learned vector for each place, as published. */
    LEARNED,
    /**
     * Nothing: the encoder has convolutional positions or a bias by distance. Targets then cannot be learned by the place alone, which
     * is what a small model with learned places does first.
     */
    NONE
}
