package org.data2vec4j;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.OutputClaim;
import org.data2vec4j.run.HuggingFaceRun;
import org.data2vec4j.run.OnnxRun;
import org.data2vec4j.run.SafeTensorsRun;

/**
 * Writes the model of a run's newest checkpoint for use elsewhere. Immutable and thread-safe; there is nothing to close. An output
 * is written by one process at a time, and one that was made from another run or other weights is kept, unless
 * {@link #replacing} says otherwise.
 */
public final class Export {
    private final Path run;
    private final WeightsChoice weights;
    private final OutputClaim.Existing existing;

    private Export(Path run, WeightsChoice weights, OutputClaim.Existing existing) {
        this.run = run;
        this.weights = weights;
        this.existing = existing;
    }

    /**
     * What was written.
     *
     * @param output the file or folder
     * @param content what it holds, in words, such as {@code student at update 500}
     * @param notes what was left out and why, such as a tokenizer; usually empty
     */
    public record Written(Path output, String content, List<String> notes) {
        /** Copies the list. */
        public Written {
            notes = List.copyOf(notes);
        }
    }

    /** The export of the preferred encoder of a pre-training run, or of the model of a fine-tuning run. */
    public static Export of(Path run) {
        return new Export(run, WeightsChoice.PREFERRED, OutputClaim.Existing.KEEP);
    }

    /** This export of another encoder of a pre-training run; of one, so not {@link WeightsChoice#ALL}. */
    public Export weights(WeightsChoice other) {
        return new Export(run, other, existing);
    }

    /** This export, which overwrites outputs that were made from something else, or keeps them. */
    public Export replacing(boolean replace) {
        return new Export(run, weights, replace ? OutputClaim.Existing.REPLACE : OutputClaim.Existing.KEEP);
    }

    /**
     * Writes a file for ONNX Runtime: the features of an encoder, or the scores of a fine-tuned model. Its metadata describe how
     * inputs are prepared; a tokenizer is written beside it.
     *
     * @throws UserException if it cannot be written, or the model has a part that has no such form
     */
    public Written onnx(Path file) {
        return claimed(file, () -> new Written(file, new OnnxRun(run, file).write(weights), List.of()));
    }

    /**
     * Writes a file with an encoder's parameters and its configuration, as {@code docs/weights.md} describes it.
     *
     * @throws UserException if it cannot be written, or the run was fine-tuned
     */
    public Written safeTensors(Path file) {
        return claimed(file, () -> new Written(file, new SafeTensorsRun(run, file).write(weights), List.of()));
    }

    /**
     * Writes a folder for {@code transformers}: {@code config.json}, {@code model.safetensors}, and the tokenizer of a model of text.
     *
     * @throws UserException if it cannot be written, the run was fine-tuned, or the encoder has no counterpart there
     */
    public Written huggingFace(Path folder) {
        return claimed(
                folder, () -> new HuggingFaceRun(run, folder).write(weights, existing == OutputClaim.Existing.REPLACE));
    }

    private Written claimed(Path output, Supplier<Written> write) {
        try (OutputClaim claim = OutputClaim.of(output, origin(), existing)) {
            Written written = write.get();
            claim.complete();
            return written;
        } catch (UncheckedIOException e) {
            throw new UserException("cannot write " + output + ": " + e.getCause() + "; choose another output", e);
        }
    }

    private String origin() {
        String name = weights instanceof WeightsChoice.Named named ? named.encoder() : "preferred";
        return "the " + name + " weights of " + run.toAbsolutePath().normalize();
    }
}
