package org.data2vec4j.cli.run;

import java.nio.file.Path;
import java.util.Map;
import org.data2vec4j.cli.version.Version;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.tokenizer.BpeTokenizer;
import org.data2vec4j.data.tokenizer.TokenizerJson;
import org.data2vec4j.interop.onnx.OnnxExport;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.model.task.classify.Classifier;
import org.data2vec4j.model.task.ctc.Ctc;
import org.data2vec4j.train.modality.Modality;
import org.data2vec4j.train.modality.TextModality;

/** A run as an ONNX file: an encoder with its features, or a fine-tuned model with its scores; a tokenizer goes beside it. */
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
     * @param weights {@code student} or {@code teacher}; {@code both} for the preferred one; of pre-training runs only
     * @return what was written, in words
     */
    public String write(String weights) {
        if (FineTunedModel.isAt(run)) {
            if (!weights.equals("both")) {
                throw new UserException("weights is '" + weights + "', but " + run
                        + " was fine-tuned and has one model; leave weights out");
            }
            return fineTuned();
        }
        try (TrainedRun trained = TrainedRun.open(run)) {
            Map.Entry<String, Encoder> encoder =
                    trained.encoders(weights).entrySet().iterator().next();
            Modality modality = trained.config().modality();
            OnnxExport export = OnnxExport.features(modality, encoder.getValue());
            if (modality instanceof TextModality text) {
                tokenizer(export, text.tokenizer(run));
            }
            return written(export, encoder.getKey(), trained.state().update());
        }
    }

    private String fineTuned() {
        try (FineTunedModel tuned = FineTunedModel.open(run)) {
            Modality modality = tuned.modality();
            OnnxExport export;
            if (tuned.model() instanceof Ctc ctc) {
                export = OnnxExport.letters(modality, ctc, tuned.outputs());
            } else if (tuned.model() instanceof Classifier classifier) {
                export = OnnxExport.classes(
                        modality, classifier, tuned.classifier(run).head(), tuned.outputs());
            } else {
                throw new UserException(run + " holds a model of a kind that cannot be written as ONNX");
            }
            if (modality instanceof TextModality text) {
                tokenizer(export, text.withTokenizer("").tokenizer(run));
            }
            return written(export, "fine-tuned model", tuned.update());
        }
    }

    private void tokenizer(OnnxExport export, BpeTokenizer tokenizer) {
        String name = String.valueOf(file.getFileName());
        String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        String tokens = stem + "." + TextModality.TOKENIZER;
        TokenizerJson.write(tokenizer, file.resolveSibling(tokens));
        export.with("tokenizer", tokens);
    }

    private String written(OnnxExport export, String which, long update) {
        export.with("from", which + " of " + run + " at update " + update)
                .with("data2vec4j", Version.number())
                .write(file);
        return which + " at update " + update;
    }
}
