package org.data2vec4j.train.record;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.data2vec4j.core.Check;
import org.jspecify.annotations.Nullable;

/**
 * How progress is shown.
 *
 * @param terminal one line, redrawn; otherwise plain lines with no control characters
 * @param width columns of the terminal
 * @param plainSeconds seconds between plain lines, used where {@code plainUpdates} is 0
 * @param plainUpdates updates between plain lines; 0: by time
 */
public record ProgressStyle(boolean terminal, int width, double plainSeconds, long plainUpdates) {
    private static final int DEFAULT_WIDTH = 80;
    private static final double DEFAULT_SECONDS = 10;

    /** Validates the width and the intervals. */
    public ProgressStyle {
        Check.inRange("progress width", width, 20, 10_000);
        Check.notNegative("seconds between progress lines", plainSeconds);
        Check.that(plainUpdates >= 0, "updates between progress lines is " + plainUpdates + "; allowed: 0 or more");
    }

    /** A redrawn line where standard input and output are an interactive terminal; else a line every ten seconds. */
    public static ProgressStyle detect() {
        return isTerminal() ? new ProgressStyle(true, terminalWidth(), DEFAULT_SECONDS, 0) : plain(DEFAULT_SECONDS, 0);
    }

    /** Plain lines. */
    public static ProgressStyle plain(double seconds, long updates) {
        return new ProgressStyle(false, DEFAULT_WIDTH, seconds, updates);
    }

    @SuppressWarnings("SystemConsoleNull") // null is an answer up to JDK 21; from 22 on isTerminal is asked too
    private static boolean isTerminal() {
        Console console = System.console();
        @Nullable String term = System.getenv("TERM");
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        if (console == null || "dumb".equals(term) || (term == null && !windows)) {
            return false;
        }
        try { // from JDK 22 a console may exist where output is a file, and only isTerminal (not in 17) tells
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private static int terminalWidth() {
        @Nullable String columns = System.getenv("COLUMNS");
        return width(columns == null ? secondWord(sttySize()) : columns);
    }

    /** The number if it is a sensible width, else the default. */
    static int width(String columns) {
        return columns.matches("[0-9]{2,4}") ? Math.max(20, Integer.parseInt(columns)) : DEFAULT_WIDTH;
    }

    private static String secondWord(String rowsAndColumns) {
        return rowsAndColumns.substring(rowsAndColumns.indexOf(' ') + 1);
    }

    private static String sttySize() {
        try {
            Process stty = new ProcessBuilder("sh", "-c", "stty size < /dev/tty 2> /dev/null").start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return "";
            }
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) { // no shell: Windows
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
