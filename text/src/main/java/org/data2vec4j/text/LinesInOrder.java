package org.data2vec4j.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.data.InputReader;
import org.data2vec4j.train.data.OrderedSource;

/** The lines of a text file that are not blank, each of which is a text; lines are numbered from 1. */
final class LinesInOrder implements OrderedSource {
    private final Path file;
    private final InputReader reader;

    /** The lines of a file, a full {@code reader} at a time. */
    LinesInOrder(Path file, InputReader reader) {
        this.file = file;
        this.reader = reader;
    }

    @Override
    public int size() {
        return UNKNOWN;
    }

    @Override
    public String fingerprint() {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void visitAfter(long last, Visitor visitor) {
        List<Long> numbers = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.isBlank() && number > last) {
                    reader.add(line);
                    numbers.add(number);
                }
                if (reader.full()) {
                    visit(numbers, visitor);
                }
            }
            visit(numbers, visitor);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void visit(List<Long> numbers, Visitor visitor) {
        List<String> names = numbers.stream().map(number -> "line " + number).toList();
        long[] lines = numbers.stream().mapToLong(Long::longValue).toArray();
        numbers.clear();
        reader.take().forEach(batch -> visitor.visit(batch, lines, names));
    }

    private UserException unreadable(IOException e) {
        return new UserException(file + " cannot be read: " + e + "; give a file of UTF-8 text, a text a line", e);
    }

    @Override
    public void close() {} // the file is open during visits only
}
