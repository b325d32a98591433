package org.data2vec4j.model.method;

import java.util.Map;
import java.util.OptionalDouble;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.nn.Weights;

/**
 * What the trainer trains. An update draws, counts, makes the forward passes under the global count, back-propagates, clips, makes
 * the optimiser's step and calls {@link #afterUpdate}. Pre-training methods ({@link PretrainingMethod}) and supervised tasks are the
 * two kinds. Used by one thread.
 */
public interface TrainableModel {
    /**
     * Makes a batch's random choices on the host and counts what its loss is an average over; computes nothing else.
     *
     * @param input the batch
     * @param update updates done so far; keys the choices, with the samples' ids
     */
    DrawnBatch draw(Input input, long update);

    /** The losses of a batch that is the whole update of one process. */
    default StepResult forward(Input input, long update, boolean diagnose) {
        DrawnBatch drawn = draw(input, update);
        return drawn.forward(StepContext.single(update, diagnose, drawn.count()));
    }

    /**
     * What follows an optimiser update: a moving average of the weights moves, where there is one.
     *
     * @param update updates done before the one that has just been made
     * @return the decay it moved with; empty if nothing moves
     */
    default OptionalDouble afterUpdate(long update) {
        return OptionalDouble.empty();
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

    /**
     * What a user can try when a diagnostic says that features have collapsed, besides a lower learning rate and a longer warm-up:
     * an imperative clause, such as {@code raise penalty.diversity}.
     *
     * @param diagnostic the name of what is past its threshold
     */
    default String collapseRemedy(String diagnostic) {
        return "check that the samples differ from each other";
    }

    /** The trained weights. */
    Weights weights();

    /** Weights that are part of the state without being trained, by name: those of a teacher or of an average. */
    default Map<String, Weights> frozenWeights() {
        return Map.of();
    }

    /** Switches dropout and the like on or off. */
    void train(boolean on);
}
