package org.data2vec4j.text.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.data2vec4j.text.tokenizer.Utf8;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A .jsonl file: each line an object with the document's text in a field. Lines of another kind are left out and named. */
final class JsonLinesReader implements TextReader {
    private static final int LONGEST_LINE = 1 << 24;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String field;
    private final SkippedText skipped;
    private final Lines lines;
    private boolean ended;
    private boolean tooLong; // the parts of the line so far

    JsonLinesReader(Path file, String field, SkippedText skipped) {
        this.field = field;
        this.skipped = skipped;
        this.lines = new Lines(file, LONGEST_LINE);
        String reason = lines.unreadable();
        if (!reason.isEmpty()) {
            skipped.add(file + ": " + reason);
            ended = true;
        }
    }

    @Override
    public @Nullable TextPiece next() {
        while (!ended && lines.next()) {
            if (!lines.complete()) {
                tooLong = true;
                continue;
            }
            if (tooLong) {
                tooLong = false;
                skipped.add(lines.place() + ": the line is longer than " + LONGEST_LINE + " bytes");
                continue;
            }
            String text = text();
            if (text != null) {
                return new TextPiece(text.getBytes(StandardCharsets.UTF_8), true);
            }
        }
        ended = true;
        return null;
    }

    @Override
    public String place() {
        return "line " + lines.number();
    }

    @Override
    public void close() {
        lines.close();
    }

    private @Nullable String text() {
        int start = lines.start();
        int end = lines.contentEnd();
        if (start == end) {
            return null;
        }
        if (Utf8.firstInvalid(lines.bytes(), start, end) >= 0) {
            skipped.add(lines.place() + ": the line is not UTF-8");
            return null;
        }
        try {
            JsonNode text = JSON.readTree(lines.bytes(), start, end - start).path(field);
            if (text.isString()) {
                return text.asString();
            }
            skipped.add(lines.place() + ": there is no text in the field '" + field + "'");
        } catch (JacksonException e) {
            skipped.add(lines.place() + ": the line is not JSON");
        }
        return null;
    }
}
