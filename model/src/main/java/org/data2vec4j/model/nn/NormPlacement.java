package org.data2vec4j.model.nn;

/** Where a block's norms stand. */
public enum NormPlacement {
    /** After each residual sum, as in the original transformer; what data2vec 2.0 publishes. */
    POST,
    /** Before each branch: {@code x + attn(norm(x))}, then {@code x + mlp(norm(x))}; zero weights give the identity. */
    PRE,
    /** As the reference's pre-norm block has it: the second sum leaves the attention's residual out. For its weights only. */
    PRE_FAIRSEQ
}
