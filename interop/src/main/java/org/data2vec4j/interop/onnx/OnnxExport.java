package org.data2vec4j.interop.onnx;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.audio.recognition.CtcModel;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.OutputPooling;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.task.TaskModel;
import org.data2vec4j.model.task.classify.ClassifierHeadConfig;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.train.data.Modality;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model as an ONNX file that computes what the model computes, for batches and inputs of any size, padded ones too. Inputs: {@code
 * pixels} (B, 3, H, W), or {@code waveform} (B, S) and {@code lengths} (B), or {@code tokens} (B, T) and {@code lengths} (B).
 * Outputs: {@code features} (B, T, D), {@code vector} (B, D) and perhaps {@code cls} (B, D) of an encoder; {@code logits} of a
 * fine-tuned model; with recordings {@code frames} (B), how many positions each fills. The file's metadata say how inputs are
 * prepared. Everything is float32.
 */
public final class OnnxExport {
    /** The input that says how much of each row is input, in samples or tokens; what follows is padding. */
    public static final String LENGTHS = "lengths";

    private final ModalityNodes modality;
    private final EncoderConfig encoder;
    private final Map<String, Parameter> parameters;
    private final HeadNodes head;
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private OnnxExport(
            Modality modality, EncoderConfig encoder, Map<String, Parameter> parameters, HeadNodes head, String task) {
        this.modality = KnownModalities.of(modality);
        this.encoder = encoder;
        this.parameters = parameters;
        this.head = head;
        metadata.put("task", task);
        metadata.put("input", modality.samples());
        this.modality.describe(metadata);
    }

    /** An encoder, for its features. */
    public static OnnxExport features(Modality modality, Encoder encoder) {
        return new OnnxExport(
                modality, encoder.config(), named(encoder), new HeadNodes.Features(encoder.config()), "features");
    }

    /**
     * A recogniser, for the scores of letters at every frame.
     *
     * @param letters by their numbers, the blank first
     */
    public static OnnxExport letters(Modality modality, CtcModel model, List<String> letters) {
        return new OnnxExport(
                        modality,
                        model.encoder().config(),
                        named(model),
                        new HeadNodes.Letters(letters.size()),
                        "letters")
                .with("letters", json(letters))
                .with("blank", "" + CtcModel.BLANK);
    }

    /**
     * A classifier, for the scores of classes, or one that predicts a number.
     *
     * @param head what it was built with
     * @param classes by their numbers; empty where a number is predicted
     */
    public static OnnxExport classes(
            Modality modality, ClassifierModel model, ClassifierHeadConfig head, List<String> classes) {
        boolean number = classes.isEmpty();
        OnnxExport export = new OnnxExport(
                modality,
                model.encoder().config(),
                named(model),
                new HeadNodes.Classes(head, Math.max(1, classes.size())),
                number ? "number" : "classes");
        return number ? export : export.with("classes", json(classes));
    }

    private static Map<String, Parameter> named(Encoder encoder) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        encoder.parameters().forEach((name, parameter) -> parameters.put("encoder." + name, parameter));
        return parameters;
    }

    private static Map<String, Parameter> named(TaskModel model) {
        Map<String, Parameter> parameters = named(model.encoder());
        if (model.encoder().config().pooling() == OutputPooling.NORMED_MEAN) { // a head pools by itself
            parameters.keySet().removeIf(name -> name.startsWith(EncoderNodes.FINAL_NORM + "."));
        }
        model.weights().parameters().forEach((name, parameter) -> {
            if (name.startsWith("head.")) {
                parameters.put(name, parameter);
            }
        });
        return parameters;
    }

    private static String json(List<String> texts) {
        return JsonMapper.shared().writeValueAsString(texts);
    }

    /** Adds a line to the file's metadata. */
    public OnnxExport with(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /**
     * Writes the model: one file, or where its weights are more than a file of this form can hold, {@code FILE} and {@code
     * FILE.data}.
     *
     * @throws UserException if some part of the model has no counterpart, naming it, or the file cannot be written
     */
    public void write(Path file) {
        write(file, OnnxFile.LARGEST);
    }

    /** {@link #write(Path)} with weights in a file of their own where there are more bytes than {@code largest}. */
    void write(Path file, long largest) {
        OnnxGraph graph = new OnnxGraph();
        ParameterNodes layers = new ParameterNodes(new Ops(graph), parameters);
        TokenValues tokens = modality.tokens(layers, encoder.width());
        EncoderNodes.Features features = new EncoderNodes(layers, encoder).features(tokens);
        head.outputs(layers, features, encoder.width(), modality.positions());
        if (modality.outputsPositions() && tokens.lengths_B() != null) {
            graph.output(modality.positions(), tokens.lengths_B(), ElementType.I64, "batch");
        }
        layers.checkAllUsed();
        new OnnxFile(graph, metadata, largest).write(file);
    }
}
