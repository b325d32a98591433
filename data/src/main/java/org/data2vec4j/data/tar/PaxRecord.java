package org.data2vec4j.data.tar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What extended headers say of the entry that follows: its path (null: as in its header) and size (−1: as in its header). */
record PaxRecord(@Nullable String name, long size) {
    static final PaxRecord EMPTY = new PaxRecord(null, -1);

    PaxRecord withName(String path) {
        return new PaxRecord(path, size);
    }

    /** Reads the lines {@code "length key=value\n"} of POSIX.1-2001; {@code length} counts the whole line in bytes. */
    static PaxRecord parse(byte[] bytes, PaxRecord before) throws IOException {
        String name = before.name;
        long size = before.size;
        int at = 0;
        while (at < bytes.length && bytes[at] != 0) {
            int space = at;
            while (space < bytes.length && bytes[space] != ' ') {
                space++;
            }
            int end = at + (int) number(new String(bytes, at, space - at, StandardCharsets.UTF_8), bytes.length);
            if (end < space + 2 || end > bytes.length) {
                throw new IOException("a pax header has a line of impossible length: a damaged archive");
            }
            String line = new String(bytes, space + 1, end - space - 2, StandardCharsets.UTF_8);
            if (line.startsWith("path=")) {
                name = line.substring("path=".length());
            } else if (line.startsWith("size=")) {
                size = number(line.substring("size=".length()), Long.MAX_VALUE);
            }
            at = end;
        }
        return new PaxRecord(name, size);
    }

    private static long number(String digits, long most) throws IOException {
        try {
            long value = Long.parseLong(digits);
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IOException("'" + digits + "' in a pax header is not a number", e);
        }
        throw new IOException(digits + " in a pax header is out of range: a damaged archive");
    }
}
