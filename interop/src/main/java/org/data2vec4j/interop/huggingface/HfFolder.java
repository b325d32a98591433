package org.data2vec4j.interop.huggingface;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.data2vec4j.core.UserException;
import org.data2vec4j.interop.pickle.PickleTensor;
import org.data2vec4j.interop.pickle.TorchFile;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder as {@code save_pretrained} writes it: settings, and weights in {@code model.safetensors}, in several such files with an
 * index, or in {@code pytorch_model.bin}. Nothing outside the folder is opened; tensors are read when asked for.
 */
public final class HfFolder implements AutoCloseable {
    /** The settings. */
    public static final String CONFIG = "config.json";

    /** The weights. */
    public static final String WEIGHTS = "model.safetensors";

    /** How inputs are prepared; may be left out. */
    public static final String PREPROCESSING = "preprocessor_config.json";

    /** How inputs are prepared where a processor has several parts, as {@code transformers} 5 writes it; may be left out. */
    public static final String PROCESSOR = "processor_config.json";

    private static final String INDEX = "model.safetensors.index.json";
    private static final String PICKLED = "pytorch_model.bin";
    private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}\\.safetensors");

    private final Path path;
    private final HfConfig config;
    private final List<Runnable> closing = new ArrayList<>();
    private final Map<String, Stored> stored = new LinkedHashMap<>();

    /** A tensor in one of the files. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(long[] shape, Supplier<Tensor> values) {}

    private HfFolder(Path path) {
        this.path = path;
        this.config = HfConfig.read(path.resolve(CONFIG));
        ObjectNode settings = (ObjectNode) config.root();
        JsonNode preparing = preparing();
        if (preparing != null) {
            settings.set(HfConfig.PREPARING, preparing);
        }
        if (HfText.TYPES.contains(config.text("model_type", ""))) {
            Integer mask = new HfTokenizerFiles(path).maskToken();
            if (mask != null) {
                settings.put(HfConfig.MASK_TOKEN, mask);
            }
        }
    }

    /** What a processor of several parts says of its part for inputs comes first, as in {@code transformers}. */
    private @Nullable JsonNode preparing() {
        Path processor = path.resolve(PROCESSOR);
        if (Files.exists(processor)) {
            JsonNode parts = HfConfig.read(processor).root();
            for (String part : List.of("image_processor", "feature_extractor")) {
                if (parts.path(part).isObject()) {
                    return parts.path(part);
                }
            }
        }
        Path preparing = path.resolve(PREPROCESSING);
        return Files.exists(preparing) ? HfConfig.read(preparing).root() : null;
    }

    /**
     * Opens a folder and checks the headers of its files; reads no tensor.
     *
     * @throws UserException naming the file if something is missing or is not of this form
     */
    public static HfFolder open(Path path) {
        HfFolder folder = new HfFolder(path);
        boolean opened = false;
        try {
            folder.weights();
            opened = true;
            return folder;
        } finally {
            if (!opened) {
                folder.close();
            }
        }
    }

    private void weights() {
        if (Files.exists(path.resolve(WEIGHTS))) {
            SafeTensorsFile file = safeTensors(WEIGHTS);
            file.names().forEach(name -> add(file, name));
        } else if (Files.exists(path.resolve(INDEX))) {
            sharded();
        } else if (Files.exists(path.resolve(PICKLED))) {
            pickled();
        } else {
            throw new UserException(path + " has no weights; allowed: " + WEIGHTS + ", " + INDEX + ", " + PICKLED);
        }
    }

    private SafeTensorsFile safeTensors(String name) {
        SafeTensorsFile file = SafeTensorsFile.open(path.resolve(name));
        closing.add(file::close);
        return file;
    }

    private void add(SafeTensorsFile file, String name) {
        stored.put(name, new Stored(file.spec(name).shape(), () -> SafeTensors.read(file, name)));
    }

    private void sharded() {
        Path index = path.resolve(INDEX);
        JsonNode places = HfConfig.read(index).root().path("weight_map");
        if (!places.isObject() || places.isEmpty()) {
            throw new UserException(index + " has no object 'weight_map'");
        }
        Map<String, SafeTensorsFile> files = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> place : places.properties()) {
            String name = place.getValue().asString("");
            if (!SHARD.matcher(name).matches()) {
                throw new UserException(index + ": the file of " + place.getKey() + " is '" + name
                        + "'; allowed: the name of a .safetensors file in this folder");
            }
            SafeTensorsFile file = files.computeIfAbsent(name, this::safeTensors);
            if (!file.has(place.getKey())) {
                throw new UserException(index + ": " + name + " has no tensor " + place.getKey());
            }
            add(file, place.getKey());
        }
    }

    private void pickled() {
        TorchFile file = TorchFile.open(path.resolve(PICKLED));
        closing.add(file::close);
        for (Map.Entry<String, PickleTensor> entry :
                TorchFile.tensors(file.root()).entrySet()) {
            stored.put(entry.getKey(), new Stored(entry.getValue().shape(), () -> file.read(entry.getValue())));
        }
        if (stored.isEmpty()) {
            throw new UserException(file.path() + " holds no tensors by name");
        }
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** Its settings. */
    public HfConfig config() {
        return config;
    }

    /** The names of its tensors. */
    public Set<String> names() {
        return Set.copyOf(stored.keySet());
    }

    /** A tensor's shape. */
    public long[] shape(String name) {
        return get(name).shape().clone();
    }

    /** A tensor as float32, whatever its type in the file, in the innermost {@link org.data2vec4j.tensor.Scope}. */
    public Tensor read(String name) {
        return get(name).values().get().to(DType.F32);
    }

    private Stored get(String name) {
        Stored one = stored.get(name);
        if (one == null) {
            throw new UserException(path + " has no tensor " + name);
        }
        return one;
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
