package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.Map;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.audio.recognition.CtcModel;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.onnx.OnnxExport;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.train.data.Companion;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.version.Version;
import org.jspecify.annotations.Nullable;

/** A run as an ONNX file: an encoder with its features, or a fine-tuned model with its scores; what else belongs to the model, such as a tokenizer, goes beside it. */
public final class OnnxRun {
    /** What the names of such files end in. */
    public static final String SUFFIX = ".onnx";

    private final Path run;
    private final Path file;

    /** The export of a run into a file. */
    public OnnxRun(Path run, Path file) {
        this.run = run;
        this.file = file;
    }

    /**
     * Writes the file.
     *
     * @param weights of a pre-training run; a fine-tuned model has one encoder
     * @return what was written, in words
     */
    public String write(WeightsChoice weights) {
        if (LoadedFineTuning.isAt(run)) {
            if (weights instanceof WeightsChoice.Named named) {
                throw new UserException("weights is '" + named.encoder() + "', but " + run
                        + " was fine-tuned and has one model; leave weights out");
            }
            return fineTuned();
        }
        try (LoadedPretraining trained = LoadedPretraining.open(run, "")) {
            Map.Entry<String, Encoder> encoder = trained.encoder(weights);
            Modality modality = trained.config().modality();
            OnnxExport export = OnnxExport.features(modality, encoder.getValue());
            companion(export, modality.companion(run));
            return written(export, encoder.getKey(), trained.state().update());
        }
    }

    private String fineTuned() {
        try (LoadedFineTuning tuned = LoadedFineTuning.open(run)) {
            Modality modality = tuned.modality();
            OnnxExport export;
            if (tuned.model() instanceof CtcModel ctc) {
                export = OnnxExport.letters(modality, ctc, tuned.outputs());
            } else if (tuned.model() instanceof ClassifierModel classifier) {
                export = OnnxExport.classes(
                        modality, classifier, tuned.task().classifier().head(), tuned.outputs());
            } else {
                throw new UserException(run + " holds a model of a kind that cannot be written as ONNX");
            }
            companion(export, modality.companion(run));
            return written(export, "fine-tuned model", tuned.update());
        }
    }

    private void companion(OnnxExport export, @Nullable Companion companion) {
        if (companion == null) {
            return;
        }
        String name = String.valueOf(file.getFileName());
        String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        String beside = stem + "." + companion.fileName();
        companion.writer().write(file.resolveSibling(beside));
        export.with(companion.kind(), beside);
    }

    private String written(OnnxExport export, String which, long update) {
        export.with("from", which + " of " + run + " at update " + update)
                .with("data2vec4j", Version.number())
                .write(file);
        return which + " at update " + update;
    }
}
