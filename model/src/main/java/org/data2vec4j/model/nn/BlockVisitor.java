package org.data2vec4j.model.nn;

/** Told of the outputs of blocks, one by one, while a stack computes them. */
@FunctionalInterface
public interface BlockVisitor {
    /** Looks at nothing. */
    BlockVisitor NONE = (block, output) -> {};

    /**
     * A block is done.
     *
     * @param block its number in the whole encoder, pre-net first
     * @param output valid until this method returns
     */
    void visit(int block, Block.Output output);
}
