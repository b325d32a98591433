package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v import}: weights made elsewhere, as a run of ours. */
@Command(
        name = "import",
        description = {
            "Convert weights into a run directory: a fairseq checkpoint (data2vec 2.0 on images, speech or text), or a Hugging",
            "Face folder (data2vec-vision, data2vec-audio, data2vec-text, roberta, wav2vec2).",
            "No code in the file is executed: tensors and plain containers are read, everything else is refused by name."
        },
        footer = {
            "",
            "Examples:",
            "  d2v import base_imagenet.pt --output runs/imported",
            "  d2v import model.pt --output runs/imported --expect model.expected.safetensors",
            "  d2v import data2vec-audio-base --output runs/imported",
            "Then: d2v knn run=runs/imported data=FOLDER, or d2v finetune from=runs/imported ..."
        })
public final class ImportCommand implements Callable<Integer> {
    private static final int NAMED = 5;

    @Parameters(index = "0", paramLabel = "FILE", description = "The checkpoint (.pt), or the folder with config.json.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path file;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The run directory to write.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path output;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description =
                    "A recorded input and its features (.safetensors); exit code 1 if the imported encoder gives other features.")
    @Nullable
    Path expect;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description =
                    "The tokenizer of a model of text, copied into the run: a tokenizer.json, gpt2, or a folder with GPT-2's"
                            + " files and fairseq's dict.txt. A folder of Hugging Face's has its own.")
    @Nullable
    String tokenizer;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Imports, reports tensor by tensor where something is amiss, and compares if asked; 1 if the features differ. */
    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        BpeTokenizer words = tokenizer == null ? null : Tokenizers.open(tokenizer);
        int code = Files.isDirectory(file) ? huggingFace(out) : fairseq(out);
        if (words != null) {
            TokenizerJson.write(words, output.resolve(TextModality.TOKENIZER));
        }
        return code;
    }

    private int huggingFace(PrintWriter out) {
        try (HfFolder folder = HfFolder.open(file);
                ImportedFolder run = new ImportedFolder(folder, output)) {
            report(out, "student", run.student());
            list(out, "left out", run.source().leftOut());
            run.write(out::println);
            out.println("wrote " + output);
            return expect == null ? 0 : compared(out, run.compare(expect));
        } finally {
            out.flush();
        }
    }

    private int fairseq(PrintWriter out) {
        try (FairseqCheckpoint checkpoint = FairseqCheckpoint.open(file);
                ImportedRun run = new ImportedRun(checkpoint)) {
            report(out, "student", run.student());
            if (!checkpoint.teacher().isEmpty()) {
                report(out, "teacher", run.teacher());
            }
            list(out, "left out", checkpoint.ignored());
            run.check(file);
            run.write(output, file);
            out.println("wrote " + output);
            if (expect == null) {
                return 0;
            }
            if (StoredPositions.areIn(checkpoint)) {
                out.println("compared with the file's own table of positions, which is rounded to half precision");
            }
            return compared(out, FeatureCheck.run(expect, run.encoder()));
        } finally {
            out.flush();
        }
    }

    private static int compared(PrintWriter out, FeatureCheck.Result result) {
        result.lines().forEach(out::println);
        out.println(
                result.passed() ? "the features are the recorded ones" : "the features DIFFER from the recorded ones");
        return result.passed() ? 0 : 1;
    }

    private static void report(PrintWriter out, String name, WeightImport weights) {
        out.println(name + ": " + weights.mapped().size() + " tensors taken over, "
                + weights.missing().size()
                + " missing, " + weights.unexpected().size() + " unexpected, "
                + weights.misshapen().size()
                + " misshapen");
        list(out, "  missing", weights.missing());
        list(out, "  unexpected", weights.unexpected());
        list(out, "  misshapen", weights.misshapen());
    }

    private static void list(PrintWriter out, String what, List<String> names) {
        if (!names.isEmpty()) {
            String more = names.size() > NAMED ? ", and " + (names.size() - NAMED) + " more" : "";
            out.println(what + ": " + String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + more);
        }
    }
}
