package org.data2vec4j.evaluation.probe;

/** How the tokens of a sample become one feature vector. */
public enum Pooling {
    /** The mean over the positions; extra tokens are left out. */
    MEAN,
    /** The last extra token: the CLS token. */
    CLS
}
