package org.data2vec4j.text.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.tar.ShardSelection;
import org.data2vec4j.data.tar.TarEntry;
import org.data2vec4j.data.tar.TarReader;
import org.data2vec4j.data.text.Utf8Lines;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The texts of a tar archive in its order: each {@code .txt} entry, and the field of each {@code .json} entry, is a document. Read
 * from front to back, an entry at a time.
 */
final class TarTextReader implements TextReader {
    private static final int LONGEST = 1 << 28;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final String field;
    private final SkippedText skipped;
    private final TarReader tar;
    private String place = "";

    TarTextReader(Path file, String field, SkippedText skipped) {
        this.file = file;
        this.field = field;
        this.skipped = skipped;
        try {
            this.tar = ShardSelection.isCompressed(file) ? TarReader.gzip(file) : TarReader.plain(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public @Nullable TextPiece next() {
        try {
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                String name = entry.fileName().toLowerCase(Locale.ROOT);
                boolean json = name.endsWith(".json");
                if (name.startsWith(".") || (!json && !name.endsWith(".txt"))) {
                    continue;
                }
                place = entry.name();
                String text = entry.size() > LONGEST ? null : Utf8Lines.text(tar.read(entry));
                if (text == null) {
                    skipped.add(file + "!" + place
                            + (entry.size() > LONGEST ? ": it is longer than " + LONGEST + " bytes" : ": not UTF-8"));
                    continue;
                }
                String document = json ? field(text) : text;
                if (document != null && !document.isBlank()) {
                    return new TextPiece(document.getBytes(StandardCharsets.UTF_8), true);
                }
            }
            return null;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private @Nullable String field(String text) {
        try {
            JsonNode node = JSON.readTree(text).path(field);
            if (node.isString()) {
                return node.asString();
            }
            skipped.add(file + "!" + place + ": there is no text in the field '" + field + "'");
        } catch (JacksonException e) {
            skipped.add(file + "!" + place + ": it is not JSON");
        }
        return null;
    }

    private UserException unreadable(IOException e) {
        return new UserException("the archive " + file + " cannot be read: " + FileFailure.reason(e), e);
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public void close() {
        try {
            tar.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
