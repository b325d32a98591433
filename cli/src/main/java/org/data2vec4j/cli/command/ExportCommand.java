package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.OutputClaim;
import org.data2vec4j.interop.huggingface.HfExport;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.run.LoadedFineTuning;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.OnnxRun;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.SafeTensorsRun;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.data.Companion;
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
    private static final String MASK = "mask.embedding";

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
        String weights = arguments.get("weights", "both");
        PrintWriter out = spec.commandLine().getOut();
        String origin = "the " + (weights.equals("both") ? "preferred" : weights) + " weights of "
                + run.toAbsolutePath().normalize();
        try (OutputClaim claim =
                OutputClaim.of(output, origin, force ? OutputClaim.Existing.REPLACE : OutputClaim.Existing.KEEP)) {
            switch (format == null ? named() : format) {
                case onnx -> out.println("wrote " + output + ": " + new OnnxRun(run, output).write(weights));
                case safetensors ->
                    out.println("wrote " + output + ": " + new SafeTensorsRun(run, output).write(weights));
                case huggingface -> folder(run, weights, out);
            }
            claim.complete();
        } catch (UncheckedIOException e) {
            throw new UserException("cannot write " + output + ": " + e.getCause() + "; choose another --output", e);
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

    private void folder(Path path, String weights, PrintWriter out) {
        if (LoadedFineTuning.isAt(path)) {
            throw new UserException(path + " was fine-tuned; Hugging Face's form is written of pre-training runs only,"
                    + " ONNX of both: --output FILE.onnx");
        }
        try (LoadedPretraining run = LoadedPretraining.open(path)) {
            if (force) {
                HfExport.discard(output);
            }
            Map<String, Encoder> encoders = run.encoders(weights);
            Encoder encoder = encoders.values().iterator().next();
            Map<String, Tensor> values = new LinkedHashMap<>();
            encoder.parameters().forEach((name, parameter) -> values.put("encoder." + name, parameter.value()));
            Parameter mask = run.method().weights().parameters().get(MASK);
            if (mask != null) {
                values.put(MASK, mask.value());
            }
            HfExport.Written written = HfExport.write(output, run.config(), values);
            companion(run, out);
            written.notes().forEach(out::println);
            out.println("wrote " + output + ": " + written.type() + ", " + values.size() + " parameters of the "
                    + encoders.keySet().iterator().next() + " at update "
                    + run.state().update());
        }
    }

    private void companion(LoadedPretraining run, PrintWriter out) {
        Companion companion = run.config().modality().companion(run.path());
        if (companion != null) {
            try {
                companion.writer().write(output.resolve(companion.fileName()));
            } catch (UserException e) {
                out.println("without a " + companion.kind() + ": " + e.getMessage());
            }
        }
    }
}
