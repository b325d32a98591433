package org.data2vec4j.audio.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists the recordings of a file with one JSON object per line: {@code audio} is a path, from the file's folder; {@code text},
 * {@code label} and {@code speaker} are optional strings or numbers; other fields are passed over.
 */
final class JsonLines {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonLines() {}

    static AudioListing list(Path file) {
        List<String> lines = FairseqManifest.lines(file);
        List<AudioEntry> entries = new ArrayList<>();
        ListedFiles files = new ListedFiles(file);
        Path folder = file.toAbsolutePath().getParent();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                JsonNode object = parse(file, i + 1, lines.get(i));
                String path = text(object, "audio");
                if (path == null || path.isEmpty()) {
                    throw new UserException(
                            file + ", line " + (i + 1) + " has no field 'audio' with the path of a recording");
                }
                AudioEntry entry = files.find(folder == null ? Path.of("") : folder, path, i + 1);
                if (entry != null) {
                    entries.add(entry.withTranscript(text(object, "text"))
                            .withClass(text(object, "label"))
                            .withSpeaker(text(object, "speaker")));
                }
            }
        }
        return new AudioListing(entries, Map.of(), files.notes(entries.size()));
    }

    private static JsonNode parse(Path file, int line, String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw new UserException(file + ", line " + line + " is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new UserException(file + ", line " + line
                + " is no JSON object; expected a line such as {\"audio\": \"a.flac\", \"text\": \"hello\"}");
    }

    private static @Nullable String text(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() || value.isContainer() ? null : value.asString();
    }
}
