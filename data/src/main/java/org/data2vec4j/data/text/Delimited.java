package org.data2vec4j.data.text;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file of delimited values. In comma-separated files (RFC 4180) a field in quotes may hold commas, line ends and doubled
 * quotes. In tab-separated files quotes are text, as in those of Common Voice and GLUE; only a field that is quoted as a whole and
 * has doubled quotes inside, which is how pandas writes a quote, is read without them. For one thread.
 */
public final class Delimited implements Closeable {
    private final Utf8Lines lines;
    private char delimiter;
    private long first;

    private Delimited(Utf8Lines lines, char delimiter) {
        this.lines = lines;
        this.delimiter = delimiter;
    }

    /** Opens a file; the delimiter is a tab for {@code .tsv}, otherwise the one that the first line has: comma, semicolon or tab. */
    public static Delimited open(Path file) {
        boolean tabs =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".tsv");
        return new Delimited(Utf8Lines.open(file), tabs ? '\t' : 0);
    }

    /** Opens a file with a delimiter. */
    public static Delimited open(Path file, char delimiter) {
        return new Delimited(Utf8Lines.open(file), delimiter);
    }

    /** The fields of the next row that is not blank; null after the last. */
    public @Nullable List<String> next() {
        String line = lines.next();
        while (line != null && line.isBlank()) {
            line = lines.next();
        }
        if (line == null) {
            return null;
        }
        first = lines.number();
        if (delimiter == 0) {
            delimiter = likely(line);
        }
        return delimiter == ',' || delimiter == ';' ? quoted(line) : plain(line);
    }

    /** The file and the line in which the last row began, for messages. */
    public String place() {
        String place = lines.place();
        return place.substring(0, place.lastIndexOf(' ') + 1) + first;
    }

    /** The line in which the last row began. */
    public long line() {
        return first;
    }

    @Override
    public void close() {
        lines.close();
    }

    private static char likely(String line) {
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t'}) {
            long count = line.chars().filter(c -> c == candidate).count();
            if (count > most) {
                best = candidate;
                most = count;
            }
        }
        return best;
    }

    private List<String> plain(String line) {
        List<String> fields = new ArrayList<>();
        for (String field : line.split(String.valueOf(delimiter == '|' ? "\\|" : delimiter), -1)) {
            fields.add(unquoted(field));
        }
        return fields;
    }

    private static String unquoted(String field) {
        if (field.length() < 4 || field.charAt(0) != '"' || field.charAt(field.length() - 1) != '"') {
            return field;
        }
        String inside = field.substring(1, field.length() - 1);
        boolean doubled = inside.contains("\"\"") && !inside.replace("\"\"", "").contains("\"");
        return doubled ? inside.replace("\"\"", "\"") : field;
    }

    private List<String> quoted(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        String rest = line;
        int at = 0;
        boolean inside = false;
        boolean begun = false;
        while (true) {
            if (at == rest.length()) {
                if (!inside) {
                    fields.add(field.toString());
                    return fields;
                }
                String more = lines.next();
                if (more == null) {
                    throw new UserException(place() + ": a field begins with a quote that is never closed");
                }
                field.append('\n');
                rest = more;
                at = 0;
                continue;
            }
            char c = rest.charAt(at++);
            if (inside && c == '"') {
                if (at < rest.length() && rest.charAt(at) == '"') {
                    field.append('"');
                    at++;
                } else {
                    inside = false;
                }
            } else if (!inside && c == '"' && !begun) {
                inside = true;
                begun = true;
            } else if (!inside && c == delimiter) {
                fields.add(field.toString());
                field.setLength(0);
                begun = false;
            } else {
                field.append(c);
                begun = true;
            }
        }
    }
}
