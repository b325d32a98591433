package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.cli.run.RunArguments;
import org.data2vec4j.cli.run.TrainedRun;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.tokenizer.TokenizerJson;
import org.data2vec4j.interop.huggingface.HfExport;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.modality.TextModality;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v export}: a run's encoder, for use elsewhere. */
@Command(
        name = "export",
        description = {
            "Write a run's encoder as a folder of Hugging Face's: config.json and model.safetensors.",
            "It has models like those of the recipes *-v1-* (data2vec) and wav2vec2-*; what does not fit is named."
        },
        footer = {
            "",
            "Examples:",
            "  d2v export run=runs/audio-v1-tiny --output audio-v1-tiny",
            "  d2v export run=runs/image-v1-tiny weights=teacher --output image-v1-tiny",
            "Then, in Python: transformers.AutoModel.from_pretrained(\"audio-v1-tiny\")"
        })
public final class ExportCommand implements Callable<Integer> {
    private static final String MASK = "mask.embedding";

    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "run=DIR; optional: weights=student|teacher (the student unless given).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder to write.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path output;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Writes the folder and says what reads it. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(words, Set.of("run", "weights"));
        arguments.noOverrides("run=DIR, weights=student|teacher");
        PrintWriter out = spec.commandLine().getOut();
        try (TrainedRun run = TrainedRun.open(Path.of(arguments.require("run", "run=runs/audio-v1-tiny")))) {
            Map<String, Encoder> encoders = run.encoders(arguments.get("weights", "both"));
            Encoder encoder = encoders.values().iterator().next();
            Map<String, Tensor> values = new LinkedHashMap<>();
            encoder.parameters().forEach((name, parameter) -> values.put("encoder." + name, parameter.value()));
            Parameter mask = run.method().weights().parameters().get(MASK);
            if (mask != null) {
                values.put(MASK, mask.value());
            }
            String type = HfExport.write(output, run.config(), values);
            tokenizer(run, out);
            out.println("wrote " + output + ": " + type + ", " + values.size() + " parameters of the "
                    + encoders.keySet().iterator().next() + " at update "
                    + run.state().update());
        } finally {
            out.flush();
        }
        return 0;
    }

    private void tokenizer(TrainedRun run, PrintWriter out) {
        if (run.config().modality() instanceof TextModality text) {
            try {
                TokenizerJson.write(text.tokenizer(run.path()), output.resolve(TextModality.TOKENIZER));
            } catch (UserException e) {
                out.println("without a tokenizer: " + e.getMessage());
            }
        }
    }
}
