package org.data2vec4j.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.data.Preview;
import org.data2vec4j.train.data.SampleCollection;
import org.jspecify.annotations.Nullable;

/** The lines of a text file that are not blank, each of which is a text. */
final class LineCollection implements SampleCollection {
    private final Path file;
    private final List<String> texts;
    private final List<Integer> numbers; // of the texts' lines, from 1

    private LineCollection(Path file, List<String> texts, List<Integer> numbers) {
        this.file = file;
        this.texts = texts;
        this.numbers = numbers;
    }

    /**
     * Reads a file.
     *
     * @throws UserException if it cannot be read, or has no text
     */
    static LineCollection open(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UserException(file + " cannot be read: " + e + "; give a file of UTF-8 text, a text a line", e);
        }
        List<String> texts = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                texts.add(lines.get(i));
                numbers.add(i + 1);
            }
        }
        if (texts.isEmpty()) {
            throw new UserException(file + " has no text: all its lines are blank");
        }
        return new LineCollection(file, texts, numbers);
    }

    @Override
    public int size() {
        return texts.size();
    }

    @Override
    public String name(int index) {
        return file + ":" + numbers.get(index);
    }

    @Override
    public @Nullable String label(int index) {
        return null;
    }

    @Override
    public byte[] read(int index) {
        return texts.get(index).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Preview preview(int index, byte[] bytes) {
        return new Preview(texts.get(index), null);
    }

    @Override
    public void close() {} // the file is not open
}
