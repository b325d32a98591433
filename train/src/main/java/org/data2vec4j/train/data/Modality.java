package org.data2vec4j.train.data;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.TrainConfig;

/** A kind of data: the section of a recipe that says how it is read and what the encoder's front end makes of it. */
public interface Modality extends BatchConverter {
    /** What samples are called, in the plural: {@code images}, {@code recordings}, {@code texts}. */
    String samples();

    /** Throws a {@link org.data2vec4j.core.UserException} unless such an encoder fits. */
    default void checkFits(EncoderConfig encoder) {}

    /** Makes front ends to tokens of a width. */
    Supplier<FeatureEncoder> frontEnd(int width);

    /**
     * Opens a run's training data.
     *
     * @param data what the recipe says of it: a path, a pattern, or {@code synthetic}
     * @param run the run directory, where what is made of the data once is kept
     * @param train batch size and threads
     * @param seed of everything random
     * @param messages told what takes time, and what is left out
     */
    Dataset open(String data, Path run, TrainConfig train, long seed, Consumer<String> messages);

    /**
     * Refuses a choice of labelled samples that cannot be opened, as far as that is known before files are read.
     *
     * @throws org.data2vec4j.core.UserException if something is missing or not understood
     */
    default void checkLabels(LabelSpec spec) {}

    /**
     * Opens labelled samples to measure encoders on.
     *
     * @param warnings told of samples that are skipped
     * @throws org.data2vec4j.core.UserException if there are no labels
     */
    default LabelledSplit labelled(LabelSpec spec, Consumer<String> warnings) {
        throw new org.data2vec4j.core.UserException(
                "encoders of " + samples() + " cannot be measured: how their labels are read is not known");
    }
}
