package org.data2vec4j.train.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.Check;
import org.data2vec4j.train.TrainConfig;
import org.jspecify.annotations.Nullable;

/**
 * Which labelled samples the encoders of a run are measured on.
 *
 * @param train where the samples that classify are read from; empty for the training data of the run
 * @param test where the samples to classify are read from; empty for a part of {@code train}
 * @param trainLimit the most samples that classify
 * @param testLimit the most samples that are classified
 * @param options how a modality finds labels, by name: {@code by}, {@code labels}, {@code split} and {@code test_split} for audio;
 *     {@code task} and the names of a table's columns for text
 * @param run the run directory
 * @param runData the training data of the run
 * @param loading batch size and threads
 * @param seed the seed of the run, by which it opened its data; it does not choose the samples
 */
public record LabelSpec(
        String train,
        String test,
        int trainLimit,
        int testLimit,
        Map<String, String> options,
        Path run,
        String runData,
        TrainConfig loading,
        long seed) {
    /** The options that some modality knows. */
    public static final List<String> OPTIONS = List.of("by", "labels", "split", "test_split", "task", "text", "label");

    /** Checks the limits. */
    public LabelSpec {
        Check.positive("bank", trainLimit);
        Check.positive("queries", testLimit);
        options = Map.copyOf(options);
    }

    /** The option of this name, or null if it was not given. */
    public @Nullable String option(String name) {
        return options.get(name);
    }

    /** The option of this name, or another value if it was not given. */
    public String option(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }
}
