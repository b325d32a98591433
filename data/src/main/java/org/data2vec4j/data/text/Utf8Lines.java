package org.data2vec4j.data.text;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text in UTF-8, numbered from 1. A byte order mark at the beginning is no text. A line that is not UTF-8 throws a
 * {@link UserException} that names it. Lines end with a line feed, a carriage return, or both. For one thread.
 */
public final class Utf8Lines implements Closeable {
    private static final int[] MARK = {0xEF, 0xBB, 0xBF};

    private final String name;
    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long number;

    private Utf8Lines(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /** Opens a file; one that cannot be read throws a {@link UserException} with the reason. */
    public static Utf8Lines open(Path file) {
        try {
            return open(file.toString(), Files.newInputStream(file));
        } catch (IOException e) {
            throw new UserException("cannot read " + file + ": " + FileFailure.reason(e), e);
        }
    }

    /** The lines of a stream, which is closed with them; {@code name} is what messages call it. */
    public static Utf8Lines open(String name, InputStream stream) {
        Utf8Lines lines = new Utf8Lines(name, new BufferedInputStream(stream, 1 << 16));
        lines.passMark();
        return lines;
    }

    /** All lines of a file. */
    public static List<String> of(Path file) {
        try (Utf8Lines lines = open(file)) {
            List<String> all = new ArrayList<>();
            for (String line = lines.next(); line != null; line = lines.next()) {
                all.add(line);
            }
            return all;
        }
    }

    /** The text of some bytes without a byte order mark; null if they are not UTF-8. */
    public static @Nullable String text(byte[] utf8) {
        boolean mark = utf8.length >= 3
                && (utf8[0] & 0xFF) == MARK[0]
                && (utf8[1] & 0xFF) == MARK[1]
                && (utf8[2] & 0xFF) == MARK[2];
        return decoded(mark ? ByteBuffer.wrap(utf8, 3, utf8.length - 3) : ByteBuffer.wrap(utf8));
    }

    /** The next line without its end; null after the last. */
    public @Nullable String next() {
        bytes.reset();
        boolean any = false;
        try {
            int b = in.read();
            while (b >= 0) {
                any = true;
                if (b == '\n') {
                    break;
                }
                if (b == '\r') {
                    in.mark(1);
                    if (in.read() != '\n') {
                        in.reset();
                    }
                    break;
                }
                bytes.write(b);
                b = in.read();
            }
        } catch (IOException e) {
            throw new UserException("cannot read " + name + ": " + FileFailure.reason(e), e);
        }
        if (!any) {
            return null;
        }
        number++;
        String line = decoded(ByteBuffer.wrap(bytes.toByteArray()));
        if (line == null) {
            throw new UserException(
                    place() + " is not UTF-8; convert the file, for example with" + " iconv -f ISO-8859-1 -t UTF-8");
        }
        return line;
    }

    /** The number of the line that was read last. */
    public long number() {
        return number;
    }

    /** The file and the line that was read last, for messages. */
    public String place() {
        return name + ", line " + number;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UserException("cannot close " + name + ": " + FileFailure.reason(e), e);
        }
    }

    private void passMark() {
        try {
            in.mark(4);
            int first = in.read();
            int second = in.read();
            if ((first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF)) {
                in.close();
                throw new UserException(name + " is UTF-16; convert it, for example with iconv -f UTF-16 -t UTF-8");
            }
            boolean mark = first == MARK[0] && second == MARK[1] && in.read() == MARK[2];
            if (!mark) {
                in.reset();
            }
        } catch (IOException e) {
            throw new UserException("cannot read " + name + ": " + FileFailure.reason(e), e);
        }
    }

    private static @Nullable String decoded(ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
