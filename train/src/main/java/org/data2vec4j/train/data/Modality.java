package org.data2vec4j.train.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.train.BatchConverter;
import org.jspecify.annotations.Nullable;

/**
 * A kind of data: the section of a recipe that says how it is read and what the encoder's feature encoder makes of it. This port is all
 * that other modules know of a modality. A method that a modality does not implement either has nothing to do, as its description
 * says, or throws a {@link UserException} that names what is not known for it.
 */
public interface Modality extends BatchConverter {
    /** The name of the kind of data, which is that of its section in a recipe: {@code image}, {@code audio}, {@code text}. */
    default String kind() {
        Kind kind = getClass().getAnnotation(Kind.class);
        return kind == null ? getClass().getSimpleName() : kind.value();
    }

    /** What samples are called, in the plural: {@code images}, {@code recordings}, {@code texts}. */
    String samples();

    /** Throws a {@link UserException} unless such an encoder fits. */
    default void checkFits(EncoderConfig encoder) {}

    /** Makes feature encoders to tokens of a width. */
    Supplier<FeatureEncoder> featureEncoder(int width);

    /**
     * Opens a run's training data.
     *
     * @param data what the recipe says of it: a path, a pattern, or {@code synthetic}
     */
    Dataset open(String data, RunContext run);

    /**
     * Refuses a choice of labelled samples that cannot be opened, as far as that is known before files are read.
     *
     * @throws UserException if something is missing or not understood
     */
    default void checkLabels(LabelSpec spec) {}

    /**
     * Opens labelled samples to measure encoders on.
     *
     * @param warnings told of samples that are skipped
     * @throws UserException if there are no labels
     */
    default LabelledSplit labelled(LabelSpec spec, Consumer<String> warnings) {
        throw new UserException(
                "encoders of " + samples() + " cannot be measured: how their labels are read is not known");
    }

    /**
     * Opens samples to be visited whole and in order, as {@code d2v embed} does.
     *
     * @param data a path or pattern, or {@code synthetic}
     * @param run the run whose model the samples are for
     */
    default OrderedSource openInOrder(String data, RunContext run) {
        throw unknown("how they are read in order, for embedding");
    }

    /**
     * Opens samples with the bytes of their files, as an index of vectors does.
     *
     * @param data a path or pattern, or {@code synthetic}
     * @param run the run whose model the samples are for
     */
    default SampleCollection collection(String data, RunContext run) {
        throw unknown("how their files are listed, for an index");
    }

    /**
     * Opens what readers of single samples need, such as a tokenizer; each call of the supplier then makes an empty reader. The
     * supplier may be used by several threads, a reader by one.
     *
     * @param run the run whose model the samples are for
     */
    default Supplier<InputReader> readers(RunContext run) {
        return () -> {
            throw unknown("how single samples are read");
        };
    }

    /**
     * A batch of random samples of the length that training uses at most, for measurements of speed and for checks.
     *
     * @param rng all that is random
     * @param ids the samples' numbers, of which masks are a function
     */
    default Batch random(Rng rng, long[] ids) {
        throw unknown("what random samples of them are");
    }

    /** Samples a second of its signal, for loaded models; 0 for data that is no signal over time. */
    default int sampleRate() {
        return 0;
    }

    /** How large an input is, for people: {@code 224x224}, {@code 512 tokens}; empty where every length will do. */
    default String inputSize() {
        return "";
    }

    /** Settings besides {@code train.batch} that limit a batch, with their values, which grow as it grows; none unless overridden. */
    default Map<String, Double> batchLimits() {
        return Map.of();
    }

    /** The file that belongs to the model of a run directory besides its weights; null if there is none, as unless overridden. */
    default @Nullable Companion companion(Path run) {
        return null;
    }

    /**
     * Copies what belongs to a model besides its weights from a folder of another library into a run directory.
     *
     * @return whether there was something to copy; nothing is, unless overridden
     */
    default boolean importCompanion(Path folder, Path run) {
        return false;
    }

    /** What other runs on the same data can use of what a run directory holds; null if there is nothing, as unless overridden. */
    default @Nullable PreparedData prepared(Path run) {
        return null;
    }

    private UserException unknown(String what) {
        return new UserException("of " + samples() + " it is not known " + what);
    }
}
