package org.data2vec4j.embed;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Comma-separated values: a line of column names, then for each sample its name and its numbers, which read back exactly. */
final class CsvVectorFile implements VectorWriter {
    private final StagedFile file;
    private final BufferedWriter out;

    CsvVectorFile(Path target, int width) {
        this.file = StagedFile.of(target);
        try {
            this.out = Files.newBufferedWriter(file.path());
            out.write("name");
            for (int i = 0; i < width; i++) {
                out.write(",f" + i);
            }
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void add(String name, float[] vector) {
        StringBuilder line = new StringBuilder();
        boolean quoted = name.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        line.append(quoted ? '"' + name.replace("\"", "\"\"") + '"' : name);
        for (float value : vector) {
            line.append(',').append(value);
        }
        try {
            out.write(line.append('\n').toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void finish() {
        file.finish(out);
    }

    @Override
    public void close() {
        file.discard(out);
    }
}
