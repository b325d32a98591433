package org.data2vec4j.train.data;

import java.nio.file.Path;

/**
 * A file that belongs to a model besides its weights, such as a tokenizer.
 *
 * @param kind what it is, in one word
 * @param fileName what it is called in a folder of its own
 * @param writer writes it
 */
public record Companion(String kind, String fileName, Writer writer) {
    /** Writes the file. */
    @FunctionalInterface
    public interface Writer {
        /** Writes it under a name. */
        void write(Path file);
    }
}
