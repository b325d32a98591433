package org.data2vec4j.train.record;

import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.RunStart;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run's progress on the given stream and nowhere else.
 *
 * <p>On a terminal one line is redrawn in place, at most ten times a second, and messages and evaluations scroll by above it.
 * Elsewhere plain lines come every few seconds or updates, with no control characters, not even those in messages.
 */
public final class ProgressBar implements TrainListener {
    private static final long REDRAW_NANOS = 100_000_000;

    private final String name;
    private final String unit;
    private final PrintStream out;
    private final ProgressStyle style;
    private final LongSupplier nanoTime;

    private Pace pace = new Pace();
    private String loss = "";
    private @Nullable UpdateReport latest;
    private @Nullable Long lastShown;
    private String onScreen = "";

    /**
     * A progress bar.
     *
     * @param name the run's name
     * @param unit what a sample is, in the plural: images, clips, sentences
     * @param out the only stream that is written
     */
    public ProgressBar(String name, String unit, PrintStream out, ProgressStyle style) {
        this(name, unit, out, style, System::nanoTime);
    }

    ProgressBar(String name, String unit, PrintStream out, ProgressStyle style, LongSupplier nanoTime) {
        this.name = printable(name);
        this.unit = unit;
        this.out = out;
        this.style = style;
        this.nanoTime = nanoTime;
    }

    @Override
    public void onStart(RunStart start) {
        pace = new Pace();
        loss = "";
        latest = null;
        lastShown = null;
    }

    @Override
    public void onUpdate(UpdateReport report) {
        pace.add(report.samples(), report.seconds());
        latest = report;
        for (Metric metric : report.metrics()) {
            if (metric.name().equals("loss")) {
                loss = ProgressLine.number(metric.value());
            }
        }
        long now = nanoTime.getAsLong();
        if (report.update() == report.updates() || isDue(report, now)) {
            lastShown = now;
            show(line(report));
        }
    }

    @Override
    public void onEvaluation(long update, double elapsed, List<Metric> metrics) {
        StringBuilder text = new StringBuilder("evaluation at update " + update + ":");
        for (Metric metric : metrics) {
            String shortName = metric.name().startsWith("eval/") ? metric.name().substring(5) : metric.name();
            text.append("  ").append(shortName).append(' ').append(ProgressLine.number(metric.value()));
        }
        onMessage(text.toString());
    }

    @Override
    public void onMessage(String message) {
        String bar = onScreen;
        erase();
        message.lines().forEach(line -> out.println(printable(line)));
        if (style.terminal() && !bar.isEmpty()) {
            show(bar);
        }
        out.flush();
    }

    /** Leaves the last state on the screen, with the cursor on the line below. */
    @Override
    public void close() {
        if (!onScreen.isEmpty()) {
            if (latest != null) {
                show(line(latest));
            }
            out.println();
            onScreen = "";
        }
        out.flush();
    }

    private boolean isDue(UpdateReport report, long now) {
        if (!style.terminal() && style.plainUpdates() > 0) {
            return report.update() % style.plainUpdates() == 0;
        }
        double interval = style.terminal() ? REDRAW_NANOS : style.plainSeconds() * 1e9;
        return lastShown == null || now - lastShown >= interval;
    }

    private String line(UpdateReport report) {
        ProgressLine line = new ProgressLine(name, report.update(), report.updates(), loss, pace, unit);
        // one column stays free: a line of full width would wrap on some terminals
        return style.terminal() ? line.drawn(style.width() - 1) : line.plain();
    }

    private void show(String line) {
        if (style.terminal()) {
            int leftover = Math.max(0, onScreen.length() - line.length());
            out.print("\r" + line + " ".repeat(leftover));
            onScreen = line;
        } else {
            out.println(line);
        }
        out.flush();
    }

    private void erase() {
        if (!onScreen.isEmpty()) {
            out.print("\r" + " ".repeat(onScreen.length()) + "\r");
            onScreen = "";
        }
    }

    private static String printable(String text) {
        return text.replace('\t', ' ').replaceAll("\\p{Cntrl}", "?");
    }
}
