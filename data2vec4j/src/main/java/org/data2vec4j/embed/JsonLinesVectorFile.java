package org.data2vec4j.embed;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** One object a line, {@code {"name": …, "vector": […]}}, with numbers that read back exactly. */
final class JsonLinesVectorFile implements VectorWriter {
    private final StagedFile file;
    private final BufferedWriter out;

    JsonLinesVectorFile(Path target) {
        this.file = StagedFile.of(target);
        try {
            this.out = Files.newBufferedWriter(file.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void add(String name, float[] vector) {
        StringBuilder line = new StringBuilder("{\"name\": ")
                .append(JsonMapper.shared().writeValueAsString(name))
                .append(", \"vector\": [");
        for (int i = 0; i < vector.length; i++) {
            line.append(i == 0 ? "" : ", ").append(vector[i]);
        }
        try {
            out.write(line.append("]}\n").toString());
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
