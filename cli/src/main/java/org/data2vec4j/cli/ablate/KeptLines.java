package org.data2vec4j.cli.ablate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.eval.file.AtomicText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects by their {@code key}, one to a line of a file that is complete whenever it exists. */
final class KeptLines {
    private static final String KEY = "key";

    private final Path file;
    private final Map<String, ObjectNode> lines = new LinkedHashMap<>();

    /** The lines of a file; none if it does not exist. */
    KeptLines(Path file) {
        this.file = file;
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                JsonNode node = JsonMapper.shared().readTree(line);
                if (!(node instanceof ObjectNode object) || !object.path(KEY).isString()) {
                    throw damaged(null);
                }
                lines.put(object.path(KEY).asString(), object);
            }
        } catch (IOException | JacksonException e) {
            throw damaged(e);
        }
    }

    private UserException damaged(@Nullable Exception cause) {
        String message =
                file + " is damaged at line " + (lines.size() + 1) + "; delete that line: its cell is trained again";
        return cause == null ? new UserException(message) : new UserException(message, cause);
    }

    /** The object of a key, or null. */
    @Nullable
    ObjectNode get(String key) {
        return lines.get(key);
    }

    /** Keeps an object, which gets the key, from now on. */
    void put(String key, ObjectNode object) {
        ObjectNode line = JsonMapper.shared().createObjectNode().put(KEY, key);
        object.properties().forEach(entry -> line.set(entry.getKey(), entry.getValue()));
        lines.put(key, line);
        AtomicText.write(file, out -> {
            for (ObjectNode kept : lines.values()) {
                out.write(JsonMapper.shared().writeValueAsString(kept) + "\n");
            }
        });
    }
}
