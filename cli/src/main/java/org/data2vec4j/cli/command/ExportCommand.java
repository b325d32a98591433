package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.Export;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.run.OnnxRun;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.SafeTensorsRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v export}: a run's model, for use elsewhere. */
@Command(
        name = "export",
        description = {
            "Write a run's model for use elsewhere: as an ONNX file, a Hugging Face folder, or a safetensors file.",
            "FILE.onnx computes the features of an encoder, or the scores of a fine-tuned model, for inputs of any size; its"
                    + " metadata describe how inputs are prepared.",
            "A folder contains config.json and model.safetensors, for encoders like those of the recipes *-v1-* (data2vec) and"
                    + " wav2vec2-*; an error names what cannot be written.",
            "FILE.safetensors contains any encoder and its configuration; docs/load_data2vec4j.py reads it."
        },
        footer = {
            "",
            "Examples:",
            "  d2v export run=runs/photos --output photos.onnx",
            "  d2v export run=runs/recognition --output recognition.onnx",
            "  d2v export run=runs/image-v1-tiny weights=teacher --output image-v1-tiny",
            "Then, in Python: transformers.AutoModel.from_pretrained(\"image-v1-tiny\")"
        })
public final class ExportCommand implements Callable<Integer> {
    /** What is written. */
    enum Format {
        /** A file for ONNX Runtime. */
        onnx,
        /** A folder for transformers. */
        huggingface,
        /** A file of an encoder's weights with its configuration. */
        safetensors
    }

    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "run=DIR; optional: weights=student|teacher (the student unless given).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Option(names = "--output", required = true, paramLabel = "PATH", description = "The file or folder to write.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "${COMPLETION-CANDIDATES}; unless given, by the end of the output: .onnx, .safetensors, else huggingface.")
    @Nullable
    Format format;

    @Option(names = "--force", description = "Overwrite an output that was made from another run or other weights.")
    boolean force;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Writes the model and says what it is. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(words, Set.of("run", "weights"));
        arguments.noOverrides("run=DIR, weights=student|teacher");
        Path run = Path.of(arguments.require("run", "run=runs/audio-v1-tiny"));
        Export export = Export.of(run)
                .weights(WeightsChoice.one(arguments.get("weights", "both")))
                .replacing(force);
        PrintWriter out = spec.commandLine().getOut();
        try {
            Export.Written written = switch (format == null ? named() : format) {
                case onnx -> export.onnx(output);
                case safetensors -> export.safeTensors(output);
                case huggingface -> export.huggingFace(output);
            };
            written.notes().forEach(out::println);
            out.println("wrote " + output + ": " + written.content());
        } finally {
            out.flush();
        }
        return 0;
    }

    private Format named() {
        String name = String.valueOf(output.getFileName());
        return name.endsWith(OnnxRun.SUFFIX)
                ? Format.onnx
                : name.endsWith(SafeTensorsRun.SUFFIX) ? Format.safetensors : Format.huggingface;
    }
}
