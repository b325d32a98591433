package org.data2vec4j.interop.fairseq;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.pickle.PickleObject;
import org.data2vec4j.interop.pickle.PickleTensor;
import org.data2vec4j.interop.pickle.TorchFile;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A checkpoint of fairseq's trainer that holds a data2vec 2.0 model: settings under the reference's names, the student's weights,
 * and its teacher's where they were kept.
 */
public final class FairseqCheckpoint implements AutoCloseable {
    private static final List<String> WRAPPERS =
            List.of("w2v_encoder.w2v_model.", "w2v_model.", "encoder.w2v_model.", "model.");
    private static final String TEACHER = "_ema";

    private final TorchFile file;
    private final FairseqData2Vec2 config;
    private final Map<String, PickleTensor> student;
    private final Map<String, PickleTensor> teacher;
    private final List<String> ignored;

    private FairseqCheckpoint(
            TorchFile file,
            FairseqData2Vec2 config,
            Map<String, PickleTensor> student,
            Map<String, PickleTensor> teacher,
            List<String> ignored) {
        this.file = file;
        this.config = config;
        this.student = student;
        this.teacher = teacher;
        this.ignored = ignored;
    }

    /**
     * Opens a checkpoint.
     *
     * @throws UserException naming the file if it is none, or holds another model
     */
    public static FairseqCheckpoint open(Path path) {
        TorchFile file = TorchFile.open(path);
        boolean opened = false;
        try {
            FairseqCheckpoint checkpoint = of(file);
            opened = true;
            return checkpoint;
        } catch (UserException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(path.toString()) ? e : new UserException(path + ": " + message, e);
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private static FairseqCheckpoint of(TorchFile file) {
        if (!(file.root() instanceof Map<?, ?> root) || !(root.get("model") instanceof Map<?, ?> model)) {
            throw new UserException("no checkpoint of fairseq: it has no entry 'model' (it has: "
                    + String.join(", ", file.keys()) + ")");
        }
        Map<?, ?> settings = modelSettings(root);
        Map<String, PickleTensor> all = TorchFile.tensors(model);
        Map<String, PickleTensor> student = unwrapped(all);
        Map<String, PickleTensor> teacher = new LinkedHashMap<>(TorchFile.tensors(model.get(TEACHER)));
        all.forEach((name, tensor) -> {
            if (name.startsWith(TEACHER + ".")) {
                teacher.put(name.substring(TEACHER.length() + 1), tensor);
            }
        });
        String modality = modality(settings, student);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", PlainSettings.of(settings));
        Object all3 = settings.get("modalities");
        Object own = all3 instanceof Map<?, ?> modalities ? modalities.get(modality.toLowerCase(Locale.ROOT)) : null;
        if (!(own instanceof Map<?, ?> chosen)) {
            throw new UserException("its settings have no modalities." + modality.toLowerCase(Locale.ROOT));
        }
        Map<String, Object> modalityJson = new LinkedHashMap<>(asMap(PlainSettings.of(chosen)));
        modalityJson.put("type", modality);
        json.put("modality", modalityJson);
        json.put("decoder", modalityJson.getOrDefault("decoder", Map.of()));
        PickleTensor words = student.get("modality_encoders.TEXT.local_encoder.embed_tokens.weight");
        json.put("vocab", words == null ? 0 : words.shape()[0]);
        JsonNode node = JsonMapper.shared().valueToTree(json);
        return new FairseqCheckpoint(file, new FairseqData2Vec2(node), student, teacher, ignored(root));
    }

    /** The model's settings: {@code cfg.model}; of a fine-tuned model those of the model inside. */
    private static Map<?, ?> modelSettings(Map<?, ?> root) {
        Object cfg = root.get("cfg");
        Object args = root.get("args");
        Object model =
                cfg instanceof Map<?, ?> map ? map.get("model") : args instanceof PickleObject old ? old.state() : null;
        if (!(model instanceof Map<?, ?> settings)) {
            throw new UserException("no settings of the model in it (cfg.model)");
        }
        Object inner = settings.get("w2v_args");
        if (inner instanceof Map<?, ?> wrapped && wrapped.get("model") instanceof Map<?, ?> original) {
            return original;
        }
        if (!settings.containsKey("modalities")) {
            throw new UserException(
                    "its model is '" + word(settings.get("_name")) + "'; known: data2vec_multi (data2vec 2.0)");
        }
        return settings;
    }

    private static String modality(Map<?, ?> settings, Map<String, PickleTensor> student) {
        for (String name : List.of("IMAGE", "AUDIO", "TEXT")) {
            if (student.keySet().stream().anyMatch(key -> key.startsWith("modality_encoders." + name + "."))) {
                return name;
            }
        }
        Object said = settings.get("supported_modality");
        if (said == null) {
            throw new UserException("it has weights of no known modality (modality_encoders.IMAGE, AUDIO or TEXT)");
        }
        return word(said);
    }

    /** Text as it is; of anything else, which may contain itself, only what it is. */
    private static String word(@Nullable Object value) {
        return value == null || value instanceof String
                ? String.valueOf(value)
                : "(" + value.getClass().getSimpleName() + ")";
    }

    private static Map<String, PickleTensor> unwrapped(Map<String, PickleTensor> all) {
        Map<String, PickleTensor> student = new LinkedHashMap<>();
        all.forEach((name, tensor) -> {
            if (!name.startsWith(TEACHER)) {
                String own = name;
                for (String wrapper : WRAPPERS) {
                    own = own.startsWith(wrapper) ? own.substring(wrapper.length()) : own;
                }
                student.put(own, tensor);
            }
        });
        return student;
    }

    private static List<String> ignored(Map<?, ?> root) {
        List<String> keys = new ArrayList<>();
        for (Object key : root.keySet()) {
            if (!List.of("cfg", "args", "model").contains(String.valueOf(key))) {
                keys.add(String.valueOf(key));
            }
        }
        return keys;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The file. */
    public Path path() {
        return file.path();
    }

    /** Its settings. */
    public FairseqData2Vec2 config() {
        return config;
    }

    /** The student's weights by the reference's names. */
    public Map<String, PickleTensor> student() {
        return student;
    }

    /** The teacher's weights by the reference's names; empty if they were not kept. */
    public Map<String, PickleTensor> teacher() {
        return teacher;
    }

    /** Entries that are of no use here, such as the state of the optimiser. */
    public List<String> ignored() {
        return ignored;
    }

    /** Reads a weight. */
    public Tensor read(PickleTensor tensor) {
        return file.read(tensor);
    }

    @Override
    public void close() {
        file.close();
    }
}
