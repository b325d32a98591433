package org.data2vec4j.audio.lm;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.data2vec4j.core.UserException;

/** The lines of an ARPA file that are not blank, numbered; gzip is told by the first two bytes, not by the name. */
final class ArpaLines implements Closeable {
    private static final double LN10 = Math.log(10);
    private static final int SHOWN = 60;
    private static final char BYTE_ORDER_MARK = 0xFEFF; // no text
    private static final float SMALLEST = -99; // how the format writes a probability of zero

    private final Path file;
    private final BufferedReader reader;
    private String line = "";
    private long number;

    private ArpaLines(Path file, BufferedReader reader) {
        this.file = file;
        this.reader = reader;
    }

    static ArpaLines open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            bytes.mark(2);
            boolean zipped = bytes.read() == 0x1F && bytes.read() == 0x8B;
            bytes.reset();
            InputStream text = zipped ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            return new ArpaLines(
                    file,
                    new BufferedReader(
                            new InputStreamReader(
                                    text,
                                    StandardCharsets.UTF_8
                                            .newDecoder()
                                            .onMalformedInput(CodingErrorAction.REPORT)
                                            .onUnmappableCharacter(CodingErrorAction.REPORT)),
                            1 << 16));
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** The next line that is not blank, without the spaces around it; {@code expected} is what a truncated file lacks. */
    String next(String expected) throws IOException {
        do {
            String read;
            try {
                read = reader.readLine();
            } catch (EOFException e) { // a gzip stream that breaks off
                read = null;
            }
            if (read == null) {
                throw error("the file ends before " + expected + "; it is truncated or no ARPA file");
            }
            number++;
            boolean marked = number == 1 && !read.isEmpty() && read.charAt(0) == BYTE_ORDER_MARK;
            line = (marked ? read.substring(1) : read).strip();
        } while (line.isEmpty());
        return line;
    }

    /** The line last read. */
    String last() {
        return line;
    }

    /** The parts of the line between spaces and tabs. */
    List<String> fields() {
        List<String> fields = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || line.charAt(i) == ' ' || line.charAt(i) == '\t') {
                if (i > from) {
                    fields.add(line.substring(from, i));
                }
                from = i + 1;
            }
        }
        return fields;
    }

    /** A logarithm to base ten as a natural one; minus infinity becomes −99, the format's zero. */
    float logarithm(String text) {
        if (text.equals("-inf")) {
            return (float) (SMALLEST * LN10);
        }
        boolean plain = text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0);
        try {
            double value = plain ? Double.parseDouble(text) : Double.NaN;
            if (Double.isFinite(value)) {
                return (float) (value * LN10);
            }
        } catch (NumberFormatException e) {
            // falls through to the same message
        }
        throw error("'" + shown(text) + "' is no number; allowed: a logarithm to base ten such as -1.25");
    }

    UserException error(String what) {
        return new UserException("language model " + file + ", line " + number + ": " + what);
    }

    static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
