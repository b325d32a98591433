package org.data2vec4j.model.encoder;

/** How an encoder's features of all positions become one vector, and with it where the final norm stands. */
public enum OutputPooling {
    /** The mean over positions of the normed features; extra tokens are left out. */
    MEAN,
    /** The last extra token after the final norm: the CLS token. */
    CLS,
    /** The features are not normed; their mean over positions is, by the learned final norm (BEiT, arXiv 2106.08254, section 2.5). */
    NORMED_MEAN,
    /** The mean over positions of features that are never normed: a model of the form above that came without its norm. */
    PLAIN_MEAN
}
