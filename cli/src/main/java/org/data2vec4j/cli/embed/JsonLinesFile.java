package org.data2vec4j.cli.embed;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.json.JsonMapper;

/** One object a line, {@code {"name": …, "vector": […]}}, with numbers that read back exactly. */
final class JsonLinesFile implements VectorSink {
    private final Path target;
    private final Path aside;
    private final BufferedWriter out;

    JsonLinesFile(Path target) {
        this.target = target;
        this.aside = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            this.out = Files.newBufferedWriter(aside);
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
        try {
            out.close();
            Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            aside.toFile().deleteOnExit(); // the failure that led here is the one to report
        }
    }
}
