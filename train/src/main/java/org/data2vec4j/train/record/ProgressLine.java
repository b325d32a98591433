package org.data2vec4j.train.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of one progress line, such as {@code image-tiny  [==>      ] 430/1500  28%  loss 0.412  213 images/s  0.30 s/update  ETA
 * 5:21}.
 *
 * @param name the run's name
 * @param update updates done
 * @param updates updates in the whole run
 * @param loss the last loss, empty where none is known
 * @param pace the pace of the last updates
 * @param unit what a sample is, in the plural
 */
record ProgressLine(String name, long update, long updates, String loss, Pace pace, String unit) {
    private static final int WIDEST_BAR = 30;
    private static final int NARROWEST_BAR = 6;

    /** The line with no bar. */
    String plain() {
        return String.join("  ", name, count(), join(true, true));
    }

    /** The line cut to fit {@code width} columns: first the bar shrinks, then the slower-changing fields go, then the bar. */
    String drawn(int width) {
        for (String tail : List.of(join(true, true), join(true, false), join(false, false))) {
            int bar = width - (name.length() + 2 + 3 + count().length() + 2 + tail.length());
            if (bar >= NARROWEST_BAR) {
                return name + "  " + bar(Math.min(bar, WIDEST_BAR)) + " " + count() + "  " + tail;
            }
        }
        String line = count() + "  " + join(false, false);
        return line.length() <= width ? line : line.substring(0, width);
    }

    private String count() {
        return update + "/" + updates;
    }

    private String join(boolean rate, boolean secondsPerUpdate) {
        List<String> fields = new ArrayList<>();
        fields.add(percent() + "%");
        if (!loss.isEmpty()) {
            fields.add("loss " + loss);
        }
        if (rate) {
            fields.add(number(pace.samplesPerSecond()) + " " + unit + "/s");
        }
        if (secondsPerUpdate) {
            fields.add(seconds(pace.secondsPerUpdate()) + " s/update");
        }
        fields.add("ETA " + duration(Math.max(0, updates - update) * pace.secondsPerUpdate()));
        return String.join("  ", fields);
    }

    private long percent() {
        return updates <= 0 ? 100 : Math.min(100, 100 * update / updates); // rounded down: 100% means done
    }

    private String bar(int cells) {
        int done = (int) (percent() * cells / 100);
        String arrow = done == cells ? "=" : ">";
        return "[" + (done == 0 ? "" : "=".repeat(done - 1) + arrow) + " ".repeat(cells - done) + "]";
    }

    /** Three significant digits. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "?";
        }
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size < 1e-3 || size >= 1e6) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : size >= 0.01 ? 4 : 5;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String seconds(double value) {
        return value >= 0.1 && value < 1000 ? String.format(Locale.ROOT, "%.2f", value) : number(value);
    }

    /** Hours, minutes and seconds as {@code 5:21} or {@code 1:05:21}, with days as {@code 2d 1:05:21}. */
    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "?";
        }
        long s = Math.round(seconds);
        long days = s / 86_400;
        long hours = s % 86_400 / 3600;
        String clock = days + hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, s % 3600 / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
        return days > 0 ? days + "d " + clock : clock;
    }
}
