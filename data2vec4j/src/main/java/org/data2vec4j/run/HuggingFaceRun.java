package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.Export;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.huggingface.HfExport;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.data.Companion;

/** A run's encoder as a folder for {@code transformers}. */
public final class HuggingFaceRun {
    private static final String MASK = "mask.embedding";

    private final Path run;
    private final Path folder;

    /** The export of a pre-training run into a folder. */
    public HuggingFaceRun(Path run, Path folder) {
        this.run = run;
        this.folder = folder;
    }

    /**
     * Writes the folder.
     *
     * @param weights which encoder
     * @param replace whether the files of another model that are there go
     */
    public Export.Written write(WeightsChoice weights, boolean replace) {
        if (LoadedFineTuning.isAt(run)) {
            throw new UserException(run + " was fine-tuned; Hugging Face's form is written of pre-training runs only,"
                    + " ONNX of both: --output FILE.onnx");
        }
        try (LoadedPretraining trained = LoadedPretraining.open(run, "")) {
            Map.Entry<String, Encoder> encoder = trained.encoder(weights);
            if (replace) {
                HfExport.discard(folder);
            }
            Map<String, Tensor> values = new LinkedHashMap<>();
            encoder.getValue()
                    .parameters()
                    .forEach((name, parameter) -> values.put("encoder." + name, parameter.value()));
            boolean teacher = encoder.getKey().equals("teacher");
            trained.method().weights().parameters().forEach((name, parameter) -> {
                // What the student learned beside its encoder is no part of the teacher, but for the vector of masked
                // places.
                if (!name.startsWith("encoder.") && (!teacher || name.equals(MASK))) {
                    values.put(name, parameter.value());
                }
            });
            HfExport.Written written = HfExport.write(folder, trained.config(), values);
            List<String> notes = companion(trained);
            notes.addAll(written.notes());
            String content =
                    written.type() + ", " + encoder.getValue().parameters().size() + " parameters of the "
                            + encoder.getKey() + " at update " + trained.state().update();
            return new Export.Written(folder, content, notes);
        }
    }

    private List<String> companion(LoadedPretraining trained) {
        List<String> notes = new ArrayList<>();
        Companion companion = trained.config().modality().companion(trained.path());
        if (companion != null) {
            try {
                companion.writer().write(folder.resolve(companion.fileName()));
            } catch (UserException e) {
                notes.add("without a " + companion.kind() + ": " + e.getMessage());
            }
        }
        return notes;
    }
}
