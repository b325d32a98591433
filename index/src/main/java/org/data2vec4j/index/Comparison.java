package org.data2vec4j.index;

/** How vectors are compared: always by the cosine of their angle, after the collection's statistics have been taken out, or not. */
public enum Comparison {
    /** The vectors as the model gives them. */
    RAW,
    /** Less the collection's mean: what all samples have in common does not count. */
    CENTERED,
    /** Less the mean, and scaled so that the collection has variance 1 in every direction (Mahalanobis). */
    WHITENED
}
