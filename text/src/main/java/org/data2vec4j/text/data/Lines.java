package org.data2vec4j.text.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.data2vec4j.text.tokenizer.Utf8;
import org.data2vec4j.text.tokenizer.WordSplitter;

/**
 * The lines of a file in bounded memory: a line longer than the limit comes in parts, cut between words where that is possible.
 * After {@link #next()} the line is {@code bytes[start, end)}, its end of line included.
 */
final class Lines implements AutoCloseable {
    private static final int SNIFFED = 1 << 13;

    private final Path file;
    private final int limit;
    private final InputStream input;
    private byte[] bytes = new byte[1 << 16];
    private int start;
    private int end;
    private int filled;
    private boolean ended; // the file
    private boolean complete = true;
    private int number;

    Lines(Path file, int limit) {
        this.file = file;
        this.limit = limit;
        try {
            input = opened(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
        fill();
        boolean mark = filled >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        end = mark ? 3 : 0; // a byte order mark is no text
    }

    private static InputStream opened(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw, 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private UserException unreadable(IOException e) {
        return new UserException("the file " + file + " cannot be read: " + FileFailure.reason(e), e);
    }

    /** The number of the line, counted from 1. */
    int number() {
        return number;
    }

    /** Why the file is no text; empty if it looks like text. */
    String unreadable() {
        int seen = Math.min(filled, SNIFFED);
        if (seen == 0) {
            return "the file is empty";
        }
        int controls = 0;
        for (int i = 0; i < seen; i++) {
            byte b = bytes[i];
            if (b == 0) {
                return "the file is binary (a zero byte at " + i + ")";
            }
            boolean usual = b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == '\b' || b == 0x1B;
            controls += b >= 0 && b < 0x20 && !usual ? 1 : 0;
        }
        return controls * 10 > seen
                ? "the file is binary (" + controls + " control bytes in the first " + seen + ")"
                : "";
    }

    /** Moves to the next line or part of one; false at the end of the file. */
    boolean next() {
        if (complete) {
            number++;
        }
        start = end;
        int searched = start;
        while (true) {
            for (int i = searched; i < filled; i++) {
                if (bytes[i] == '\n') {
                    return found(i + 1, true);
                }
            }
            if (filled - start >= limit) {
                return found(cut(start + limit), false);
            }
            if (ended) {
                return filled > start && found(filled, true);
            }
            searched = filled - start;
            fill();
            searched += start;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** The end without the characters that end the line. */
    int contentEnd() {
        int content = end;
        if (content > start && bytes[content - 1] == '\n') {
            content--;
        }
        return content > start && bytes[content - 1] == '\r' ? content - 1 : content;
    }

    /** Whether the line ends here, and not the part alone. */
    boolean complete() {
        return complete;
    }

    /** File and number of the line, counted from 1. */
    String place() {
        return file + ":" + number;
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            throw new UserException("the file " + file + " cannot be closed: " + e, e);
        }
    }

    private boolean found(int to, boolean whole) {
        end = to;
        complete = whole;
        return true;
    }

    private int cut(int most) {
        int between = WordSplitter.lastCut(bytes, start, most);
        if (between > 0) {
            return between;
        }
        int at = most;
        while (at > most - 4 && (bytes[at - 1] & 0xC0) == 0x80) {
            at--;
        }
        int lead = at - 1;
        boolean whole = Utf8.codePoint(bytes, lead, most) >= 0 || lead <= start;
        return whole ? most : lead;
    }

    /** Reads on behind what is there; moves the line to the front first. */
    private void fill() {
        System.arraycopy(bytes, start, bytes, 0, filled - start);
        filled -= start;
        start = 0;
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, filled * 2);
        }
        try {
            int read = input.readNBytes(bytes, filled, bytes.length - filled);
            ended = filled + read < bytes.length;
            filled += read;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
