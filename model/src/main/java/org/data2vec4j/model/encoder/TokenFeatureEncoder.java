package org.data2vec4j.model.encoder;

import org.data2vec4j.tensor.Tensor;

/** A feature encoder of sequences of token numbers, whose inputs can be hidden by other token numbers. */
public abstract class TokenFeatureEncoder extends FeatureEncoder {
    /** How many token numbers there are. */
    public abstract int vocabulary();

    /** The numbers that stand for no content, such as those that begin, end and pad a sequence. */
    public abstract int[] specials();

    /** (vocabulary, D): the table of token embeddings, for an output layer that shares it. */
    public abstract Tensor table();
}
