package org.data2vec4j.model.method;

import java.util.Map;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.nn.Weights;

/** A self-supervised method, as the trainer sees it. */
public interface PretrainingMethod {
    /**
     * Losses of a batch.
     *
     * @param input the batch
     * @param update updates done so far; keys the masks, with the samples' ids
     * @param observe whether to measure monitors too, which costs time
     */
    StepResult forward(Input input, long update, boolean observe);

    /**
     * What follows an optimiser update: a teacher moves, where there is one.
     *
     * @param update updates done before the one that has just been made
     * @return the decay it moved with, or NaN if nothing moves
     */
    default double afterUpdate(long update) {
        return Double.NaN;
    }

    /**
     * What the learning rate of a group of weights is multiplied by; 0 freezes the group.
     *
     * @param group the first part of its parameters' names
     * @param update updates done so far
     */
    default double rateFactor(String group, long update) {
        return 1;
    }

    /** The trained weights. */
    Weights weights();

    /** Weights that are part of the method's state without being trained, by name: a teacher's. */
    default Map<String, Weights> companions() {
        return Map.of();
    }

    /** The encoders that can be kept when training is done, by name, the preferred one first. */
    Map<String, Encoder> encoders();

    /** Switches dropout and the like on or off. */
    void train(boolean on);
}
