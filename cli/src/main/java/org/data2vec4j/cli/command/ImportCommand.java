package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.data2vec4j.Import;
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
        Import weights = Import.of(file).messages(out::println);
        if (expect != null) {
            weights.expecting(expect);
        }
        if (tokenizer != null) {
            weights.tokenizer(tokenizer);
        }
        try {
            Import.Imported imported = weights.into(output);
            out.println("wrote " + output);
            Import.Comparison comparison = imported.comparison();
            if (comparison == null) {
                return 0;
            }
            comparison.lines().forEach(out::println);
            out.println(
                    comparison.passed()
                            ? "the features are the recorded ones"
                            : "the features DIFFER from the recorded ones");
            return comparison.passed() ? 0 : 1;
        } finally {
            out.flush();
        }
    }
}
