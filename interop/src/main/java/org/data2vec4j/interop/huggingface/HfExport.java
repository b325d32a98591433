package org.data2vec4j.interop.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.run.PretrainConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes an encoder in Hugging Face's form, so that {@code from_pretrained} gives the same features. */
public final class HfExport {
    private HfExport() {}

    /**
     * What was written.
     *
     * @param type the class that reads the folder, such as {@code Data2VecAudioModel}
     * @param notes what the form cannot say of the model, in sentences
     */
    public record Written(String type, List<String> notes) {
        /** Copies the list. */
        public Written {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Writes a folder: {@code config.json}, {@code model.safetensors}, and how inputs are prepared.
     *
     * @param values the encoder's parameters by our names, such as {@code encoder.main.blocks.0.norm1.weight}; with them perhaps
     *     {@code mask.embedding} and the parameters of heads, of which those are written that have a counterpart
     * @throws UserException if the encoder has no counterpart there, or the folder is a model already
     */
    public static Written write(Path folder, PretrainConfig run, Map<String, Tensor> values) {
        HfConfigWriter form = HfConfigWriters.of(run);
        ObjectNode config = form.config();
        HfModel model = HfModel.of(new HfConfig(config), form.tensors());
        ObjectNode preprocessing = form.preprocessing();
        if (Files.exists(folder.resolve(HfFolder.CONFIG))) {
            throw new UserException(folder + " is a model already; choose another --output");
        }
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> all = new HashMap<>(values);
            all.putAll(form.computed());
            HfConfigWriter.Head head = form.head(values.keySet());
            Map<String, Tensor> theirs = Grad.noGrad(() -> split(model, all));
            if (head != null) {
                config.putArray("architectures").add(head.architecture());
                theirs = placed(theirs, head, model.prefix());
            }
            Files.createDirectories(folder);
            SafeTensors.write(folder.resolve(HfFolder.WEIGHTS), Map.of("format", "pt"), theirs);
            if (!preprocessing.isEmpty()) {
                write(folder.resolve(HfFolder.PREPROCESSING), preprocessing);
            }
            write(folder.resolve(HfFolder.CONFIG), config); // last: with it the folder is a model
        } catch (IOException e) {
            throw new UserException("cannot write " + folder + ": " + e + "; choose another --output", e);
        }
        return new Written(config.path("architectures").path(0).asString(""), form.notes());
    }

    /** Makes of a model's folder one that is no model any more, so that another may be written there. */
    public static void discard(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(HfFolder.CONFIG));
        } catch (IOException e) {
            throw new UserException("cannot write " + folder + ": " + e + "; choose another --output", e);
        }
    }

    private static Map<String, Tensor> split(HfModel model, Map<String, Tensor> values) {
        Map<String, Tensor> theirs = new TreeMap<>();
        Set<String> left = new HashSet<>(values.keySet());
        for (TensorMapping link : model.links()) {
            Tensor value = values.get(link.ours());
            if (value != null) {
                theirs.putAll(link.split(value));
                left.remove(link.ours());
            }
        }
        left.removeIf(name -> !name.startsWith("encoder.") && !name.startsWith("mask."));
        if (!left.isEmpty()) {
            throw new UserException(
                    left.stream().sorted().findFirst().orElse("") + " has no counterpart in Hugging Face's form");
        }
        return theirs;
    }

    /** With the encoder's tensors under its name within the whole model. */
    private static Map<String, Tensor> placed(Map<String, Tensor> theirs, HfConfigWriter.Head head, String prefix) {
        Map<String, Tensor> placed = new TreeMap<>();
        theirs.forEach((name, value) ->
                placed.put(head.outside().stream().anyMatch(name::startsWith) ? name : prefix + name, value));
        return placed;
    }

    private static void write(Path file, ObjectNode node) throws IOException {
        Files.writeString(
                file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
    }
}
