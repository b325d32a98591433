package org.data2vec4j.model.encoder;

/** Changes inputs at random, each by the key (seed, update, sample id) alone, whatever its padding and its neighbours. */
@FunctionalInterface
public interface InputAugmenter {
    /**
     * Changed copies of a batch's inputs, of the same shapes.
     *
     * @param update 0-based
     */
    Input augment(Input input, long update);
}
