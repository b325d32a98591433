package org.data2vec4j.interop.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.SafeTensors;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.safetensors.SafeTensorsFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recorded run of a reference: {@code NAME.safetensors} beside {@code NAME.json}.
 *
 * @param name the file's name without ending
 * @param config hyper-parameters under the reference's names
 * @param file the tensors: {@code param/}, {@code teacher/}, {@code input/}, {@code output/}, {@code grad/}, {@code ema_after/}
 */
public record GoldenCase(String name, JsonNode config, SafeTensorsFile file) {
    /**
     * The cases of a folder, by name.
     *
     * @throws UserException if it is no folder or holds no case
     */
    public static List<GoldenCase> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserException(folder + " is not a folder; give one that holds NAME.safetensors beside NAME.json");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<GoldenCase> cases = files.filter(file -> file.toString().endsWith(".json"))
                    .filter(json -> Files.exists(tensors(json)))
                    .sorted()
                    .map(GoldenCase::open)
                    .toList();
            if (cases.isEmpty()) {
                throw new UserException(
                        folder + " holds no golden case; a case is a file NAME.safetensors beside NAME.json");
            }
            return cases;
        } catch (IOException e) {
            throw new UserException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Path tensors(Path json) {
        String name = json.getFileName().toString();
        return json.resolveSibling(name.substring(0, name.length() - ".json".length()) + ".safetensors");
    }

    /** The case whose settings are in this file. */
    public static GoldenCase open(Path json) {
        String name = json.getFileName().toString();
        try {
            JsonNode config = JsonMapper.shared().readTree(Files.readString(json));
            return new GoldenCase(
                    name.substring(0, name.length() - ".json".length()), config, SafeTensorsFile.open(tensors(json)));
        } catch (IOException | JacksonException e) {
            throw new UserException("cannot read " + json + ": " + e.getMessage(), e);
        }
    }

    /** A recorded tensor. */
    public Tensor tensor(String path) {
        return SafeTensors.read(file, path);
    }

    /** The recorded input, with the lengths that its padding mask leaves. */
    public Input input() {
        Tensor source = tensor("input/source");
        long[] ids = new long[(int) source.size(0)];
        return new Input(source, ids, file.has("input/padding_mask") ? lengths() : null);
    }

    private int[] lengths() {
        Tensor padding = tensor("input/padding_mask");
        long[] flags = padding.toLongs();
        int width = (int) padding.size(1);
        int[] lengths = new int[flags.length / width];
        for (int i = 0; i < lengths.length; i++) {
            while (lengths[i] < width && flags[i * width + lengths[i]] == 0) {
                lengths[i]++;
            }
            for (int t = lengths[i]; t < width; t++) {
                if (flags[i * width + t] == 0) {
                    throw new UserException("input/padding_mask of case " + name + ": row " + i
                            + " has input behind padding; padding must be at the end");
                }
            }
        }
        return lengths;
    }

    /** The names under a prefix such as {@code grad/}, without it. */
    public List<String> under(String prefix) {
        return file.names().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .toList();
    }
}
