package org.data2vec4j;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.fairseq.FairseqCheckpoint;
import org.data2vec4j.interop.fairseq.FeatureCheck;
import org.data2vec4j.interop.fairseq.StoredPositions;
import org.data2vec4j.interop.fairseq.WeightImport;
import org.data2vec4j.interop.huggingface.HfFolder;
import org.data2vec4j.run.ImportedFolder;
import org.data2vec4j.run.ImportedRun;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.TokenizerJson;
import org.data2vec4j.text.tokenizer.Tokenizers;
import org.jspecify.annotations.Nullable;

/**
 * Converts weights made elsewhere into a run directory: a fairseq checkpoint (data2vec 2.0), or a Hugging Face folder
 * (data2vec-vision, data2vec-audio, data2vec-text, roberta, wav2vec2). No code in the files is executed: tensors and plain containers
 * are read, everything else is refused by name. An instance is for one thread; there is nothing to close.
 */
public final class Import {
    private static final int NAMED = 5;

    private final Path source;
    private @Nullable Path expected;
    private @Nullable String tokenizer;
    private Consumer<String> messages = message -> {};

    private Import(Path source) {
        this.source = source;
    }

    /** The import of a checkpoint file of fairseq's, or of a folder of Hugging Face's; nothing is opened yet. */
    public static Import of(Path source) {
        return new Import(source);
    }

    /** Compares the imported encoder with a recording: a {@code .safetensors} file with an input and its features. */
    public Import expecting(Path recording) {
        this.expected = recording;
        return this;
    }

    /**
     * Copies a tokenizer into the run, of a model of text: a {@code tokenizer.json}, {@code gpt2}, or a folder with GPT-2's files and
     * fairseq's {@code dict.txt}. A folder of Hugging Face's has its own.
     */
    public Import tokenizer(String from) {
        this.tokenizer = from;
        return this;
    }

    /** Tells what became of the tensors, line by line, also where the import is refused after that. */
    public Import messages(Consumer<String> lines) {
        this.messages = lines;
        return this;
    }

    /**
     * What became of the tensors of one encoder and of what learned it.
     *
     * @param encoder {@code student} or {@code teacher}
     * @param mapped how many were taken over
     * @param missing tensors of the model that the source does not have
     * @param unexpected tensors of the source that the model does not have
     * @param misshapen tensors of another shape than the model's, with both
     */
    public record Tensors(
            String encoder, int mapped, List<String> missing, List<String> unexpected, List<String> misshapen) {
        /** Copies the lists. */
        public Tensors {
            missing = List.copyOf(missing);
            unexpected = List.copyOf(unexpected);
            misshapen = List.copyOf(misshapen);
        }

        static Tensors of(String encoder, WeightImport weights) {
            return new Tensors(
                    encoder, weights.mapped().size(), weights.missing(), weights.unexpected(), weights.misshapen());
        }
    }

    /**
     * How the imported encoder compares with a recording.
     *
     * @param passed whether its features are the recorded ones, up to rounding
     * @param lines what was compared, with the largest relative errors
     */
    public record Comparison(boolean passed, List<String> lines) {
        /** Copies the list. */
        public Comparison {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What was imported.
     *
     * @param run the run directory
     * @param tensors the student's, then the teacher's where the source has one
     * @param leftOut what of the source the run does not have, such as another model's head
     * @param comparison with the recording; null where none was given
     */
    public record Imported(
            Path run,
            List<Tensors> tensors,
            List<String> leftOut,
            @Nullable Comparison comparison) {
        /** Copies the lists. */
        public Imported {
            tensors = List.copyOf(tensors);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * Writes the run directory.
     *
     * @throws UserException if the source cannot be read or does not hold the whole encoder that it describes, or there is a run
     *     already; nothing is written then
     */
    public Imported into(Path run) {
        BpeTokenizer words = tokenizer == null ? null : Tokenizers.open(tokenizer);
        Imported imported = Files.isDirectory(source) ? huggingFace(run) : fairseq(run);
        if (words != null) {
            TokenizerJson.write(words, run.resolve(TextModality.TOKENIZER));
        }
        return imported;
    }

    private Imported huggingFace(Path output) {
        try (HfFolder folder = HfFolder.open(source);
                ImportedFolder run = new ImportedFolder(folder, output)) {
            Tensors student = told(Tensors.of("student", run.student()));
            List<String> leftOut = run.source().leftOut();
            list("left out", leftOut);
            run.write(messages);
            Path recording = expected;
            return new Imported(
                    output,
                    List.of(student),
                    leftOut,
                    recording == null ? null : comparison(run.compare(recording), List.of()));
        }
    }

    private Imported fairseq(Path output) {
        try (FairseqCheckpoint checkpoint = FairseqCheckpoint.open(source);
                ImportedRun run = new ImportedRun(checkpoint)) {
            List<Tensors> tensors = new ArrayList<>();
            tensors.add(told(Tensors.of("student", run.student())));
            if (!checkpoint.teacher().isEmpty()) {
                tensors.add(told(Tensors.of("teacher", run.teacher())));
            }
            list("left out", checkpoint.ignored());
            run.check(source);
            run.write(output, source);
            Path recording = expected;
            return new Imported(
                    output,
                    tensors,
                    checkpoint.ignored(),
                    recording == null
                            ? null
                            : comparison(
                                    FeatureCheck.run(recording, run.encoder()),
                                    StoredPositions.areIn(checkpoint)
                                            ? List.of(
                                                    "compared with the file's own table of positions, which is rounded"
                                                            + " to half precision")
                                            : List.of()));
        }
    }

    private static Comparison comparison(FeatureCheck.Result result, List<String> remarks) {
        List<String> lines = new ArrayList<>(remarks);
        lines.addAll(result.lines());
        return new Comparison(result.passed(), lines);
    }

    private Tensors told(Tensors tensors) {
        messages.accept(tensors.encoder() + ": " + tensors.mapped() + " tensors taken over, "
                + tensors.missing().size() + " missing, " + tensors.unexpected().size() + " unexpected, "
                + tensors.misshapen().size() + " misshapen");
        list("  missing", tensors.missing());
        list("  unexpected", tensors.unexpected());
        list("  misshapen", tensors.misshapen());
        return tensors;
    }

    private void list(String what, List<String> names) {
        if (!names.isEmpty()) {
            String more = names.size() > NAMED ? ", and " + (names.size() - NAMED) + " more" : "";
            messages.accept(what + ": " + String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + more);
        }
    }
}
