package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.config.JsonWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.version.Version;

/** A run's encoder as one safetensors file with its configuration inside: the form that {@code docs/weights.md} describes. */
public final class SafeTensorsRun {
    /** What the names of such files end in. */
    public static final String SUFFIX = ".safetensors";

    private final Path run;
    private final Path file;

    /** The export of a pre-training run into a file. */
    public SafeTensorsRun(Path run, Path file) {
        this.run = run;
        this.file = file;
    }

    /**
     * Writes the file.
     *
     * @param weights which encoder
     * @return what was written, in words
     */
    public String write(WeightsChoice weights) {
        if (LoadedFineTuning.isAt(run)) {
            throw new UserException(run + " was fine-tuned; this form has encoders only, ONNX has both: --output FILE"
                    + OnnxRun.SUFFIX);
        }
        try (LoadedPretraining trained = LoadedPretraining.open(run, "")) {
            Map.Entry<String, Encoder> encoder = trained.encoder(weights);
            Map<String, Tensor> values = new LinkedHashMap<>();
            encoder.getValue()
                    .parameters()
                    .forEach((name, parameter) ->
                            values.put("encoder." + name, parameter.value().detach()));
            long update = trained.state().update();
            Map<String, String> metadata = new LinkedHashMap<>();
            metadata.put("format", "data2vec4j");
            metadata.put("version", Version.number());
            metadata.put("weights", encoder.getKey());
            metadata.put("update", "" + update);
            metadata.put("config", JsonWriter.write(trained.config()));
            SafeTensors.write(file, metadata, values);
            return values.size() + " parameters of the " + encoder.getKey() + " at update " + update;
        }
    }
}
