package org.data2vec4j;

import java.io.Serializable;

/**
 * Which of a run's encoders is meant. A method with a teacher leaves two, {@link #STUDENT} and {@link #TEACHER}; every other method
 * leaves one. Immutable and thread-safe.
 */
public sealed interface WeightsChoice extends Serializable {
    /** The encoder that the method recommends for use. */
    WeightsChoice PREFERRED = Group.PREFERRED;

    /** All encoders, the preferred one first; where several can be measured or shown. */
    WeightsChoice ALL = Group.ALL;

    /** The encoder that the loss trains, of a method with a teacher. */
    WeightsChoice STUDENT = new Named("student");

    /** The teacher's encoder. */
    WeightsChoice TEACHER = new Named("teacher");

    /** Choices that no encoder is named after. */
    enum Group implements WeightsChoice {
        /** The encoder that the method recommends for use. */
        PREFERRED,
        /** All encoders. */
        ALL
    }

    /**
     * The encoder of a name.
     *
     * @param encoder as the method calls it: {@code student}, {@code teacher}, or {@code encoder} where there is one
     */
    record Named(String encoder) implements WeightsChoice {}

    /** The encoder of a name, as a command line says it where one is used; {@code both} is the preferred one. */
    static WeightsChoice one(String word) {
        return word.equals("both") ? PREFERRED : new Named(word);
    }

    /** The encoders of a name, as a command line says it where several can be measured; {@code both} are all. */
    static WeightsChoice several(String word) {
        return word.equals("both") ? ALL : new Named(word);
    }
}
