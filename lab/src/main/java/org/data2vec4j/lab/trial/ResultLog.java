package org.data2vec4j.lab.trial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON objects by their {@code key}, one to a line. Lines are only appended, and are on the disk when {@link #put} returns; the last
 * of a key counts, and a last line that was cut off by a crash does not.
 */
public final class ResultLog {
    private static final String KEY = "key";

    private final Path file;
    private final Map<String, ObjectNode> lines = new LinkedHashMap<>();
    private long length;

    /** The lines of a file; none if it does not exist. */
    public ResultLog(Path file) {
        this.file = file;
        if (!Files.exists(file)) {
            return;
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            int number = 1;
            for (int from = 0, end = 0; end < bytes.length; end++) {
                if (bytes[end] == '\n') {
                    read(new String(bytes, from, end - from, StandardCharsets.UTF_8), number++);
                    from = end + 1;
                    length = from;
                }
            }
        } catch (IOException e) {
            throw new UserException("cannot read " + file + ": " + e, e);
        }
    }

    private void read(String line, int number) {
        try {
            JsonNode node = JsonMapper.shared().readTree(line);
            if (!(node instanceof ObjectNode object) || !object.path(KEY).isString()) {
                throw damaged(number, null);
            }
            lines.put(object.path(KEY).asString(), object);
        } catch (JacksonException e) {
            throw damaged(number, e);
        }
    }

    private UserException damaged(int number, @Nullable Exception cause) {
        String message = file + " is damaged at line " + number + "; delete that line: what it kept is made again";
        return cause == null ? new UserException(message) : new UserException(message, cause);
    }

    /** The object of a key, or null. */
    public @Nullable ObjectNode get(String key) {
        return lines.get(key);
    }

    /** Keeps an object, which gets the key, from now on. */
    public void put(String key, ObjectNode object) {
        ObjectNode line = JsonMapper.shared().createObjectNode().put(KEY, key);
        object.properties().forEach(entry -> line.set(entry.getKey(), entry.getValue()));
        ByteBuffer bytes =
                ByteBuffer.wrap((JsonMapper.shared().writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        long end = length + bytes.remaining();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(length); // what a crash left of a line
            while (bytes.hasRemaining()) {
                channel.write(bytes, end - bytes.remaining());
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UserException("cannot write " + file + ": " + e + "; free some space", e);
        }
        length = end;
        lines.put(key, line);
    }
}
