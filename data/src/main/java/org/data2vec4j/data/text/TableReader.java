package org.data2vec4j.data.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of a table in a file: {@code .csv} and {@code .tsv} with a header, {@code .jsonl} or {@code .json} with an object on each
 * line, or one array of objects; the latter also with {@code .gz} behind. For one thread.
 */
public abstract class TableReader implements Closeable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TableReader() {}

    /** Whether a file's name is that of a table. */
    public static boolean isTable(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".csv") || lower.endsWith(".tsv") || isJson(lower);
    }

    /** Whether a file's name is that of JSON lines. */
    public static boolean isJson(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".jsonl")
                || lower.endsWith(".json")
                || lower.endsWith(".ndjson")
                || lower.endsWith(".jsonl.gz")
                || lower.endsWith(".json.gz");
    }

    /** Opens a table; a file that cannot be read throws a {@link UserException}. */
    public static TableReader open(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return isJson(name) ? new Objects(json(file)) : new Cells(file, Delimited.open(file));
    }

    /** All rows of a table. */
    public static List<TableRow> rows(Path file) {
        try (TableReader reader = open(file)) {
            List<TableRow> rows = new ArrayList<>();
            for (TableRow row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
            return rows;
        }
    }

    /** The names of the columns of a file of delimited values; empty if it has no line. */
    public static List<String> header(Path file) {
        try (Delimited cells = Delimited.open(file)) {
            List<String> header = cells.next();
            return header == null
                    ? List.of()
                    : header.stream().map(String::strip).toList();
        }
    }

    /** The next row; null after the last. */
    public abstract @Nullable TableRow next();

    @Override
    public abstract void close();

    private static Utf8Lines json(Path file) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
            return Utf8Lines.open(file);
        }
        try {
            InputStream raw = Files.newInputStream(file);
            try {
                return Utf8Lines.open(file.toString(), new GZIPInputStream(raw));
            } catch (IOException e) {
                raw.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UserException("cannot read " + file + ": " + FileFailure.reason(e), e);
        }
    }

    private static final class Cells extends TableReader {
        private final Delimited cells;
        private final List<String> header;

        Cells(Path file, Delimited cells) {
            this.cells = cells;
            List<String> first = cells.next();
            if (first == null) {
                cells.close();
                throw new UserException(file + " is empty; expected a line with the names of its columns");
            }
            this.header = first.stream().map(String::strip).toList();
        }

        @Override
        public @Nullable TableRow next() {
            List<String> fields = cells.next();
            if (fields == null) {
                return null;
            }
            if (fields.size() > header.size()) {
                throw new UserException(cells.place() + " has " + fields.size() + " fields, but the header names "
                        + header.size() + " columns");
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < fields.size(); i++) {
                if (!fields.get(i).isEmpty()) {
                    values.put(header.get(i), fields.get(i));
                }
            }
            return new TableRow(values, cells.place());
        }

        @Override
        public void close() {
            cells.close();
        }
    }

    private static final class Objects extends TableReader {
        private final Utf8Lines lines;
        private @Nullable List<JsonNode> array; // of a file that is one array
        private int at;

        Objects(Utf8Lines lines) {
            this.lines = lines;
        }

        @Override
        public @Nullable TableRow next() {
            List<JsonNode> nodes = array;
            if (nodes != null) {
                return at < nodes.size() ? row(nodes.get(at++), "object " + at) : null;
            }
            String line = lines.next();
            while (line != null && line.isBlank()) {
                line = lines.next();
            }
            if (line == null) {
                return null;
            }
            if (line.stripLeading().startsWith("[") && lines.number() == 1) {
                array = elements(line);
                return next();
            }
            return row(parse(line), "");
        }

        private List<JsonNode> elements(String line) {
            StringBuilder text = new StringBuilder(line);
            for (String more = lines.next(); more != null; more = lines.next()) {
                text.append('\n').append(more);
            }
            List<JsonNode> nodes = new ArrayList<>();
            parse(text.toString()).forEach(nodes::add);
            return nodes;
        }

        private JsonNode parse(String text) {
            try {
                return JSON.readTree(text);
            } catch (JacksonException e) {
                throw new UserException(lines.place() + " is no JSON: " + e.getOriginalMessage(), e);
            }
        }

        private TableRow row(JsonNode node, String within) {
            String place = within.isEmpty() ? lines.place() : lines.place() + ", " + within;
            if (!node.isObject()) {
                throw new UserException(place
                        + " is no JSON object; expected a line such as {\"audio\": \"a.flac\", \"text\": \"hello\"}");
            }
            Map<String, String> values = new LinkedHashMap<>();
            flatten("", node, values);
            return new TableRow(values, place);
        }

        private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
            if (node.isObject()) {
                node.properties().forEach(field -> flatten(prefix + field.getKey() + ".", field.getValue(), into));
            } else if (node.isArray()) {
                for (int i = 0; i < node.size(); i++) {
                    flatten(prefix + i + ".", node.get(i), into);
                }
            } else if (!node.isNull()) {
                into.put(prefix.substring(0, prefix.length() - 1), node.asString());
            }
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
