package org.data2vec4j.train.record;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.RunStart;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;
import org.jspecify.annotations.Nullable;

/**
 * Appends one line to {@code metrics.jsonl} per logged update and per evaluation; see {@link MetricsFile} for the form.
 *
 * <p>A run resumed at update k first drops the lines after k, so that the file reads as if the run had never stopped; a run
 * that begins at 0 begins the file anew. Lines of updates carry {@code images_per_second}, the mean rate since the line
 * before. Each line reaches the operating system in one write: a killed process loses at most the line it was writing.
 */
public final class JsonLinesListener implements TrainListener {
    /** The metric of speed: samples of any kind per second of training, since the line before. */
    public static final String RATE = "images_per_second";

    private @Nullable Path file;
    private @Nullable OutputStream out;
    private int epoch;
    private long samples;
    private double seconds;

    /** A listener that learns where to write from {@link #onStart}. */
    public JsonLinesListener() {}

    @Override
    public void onStart(RunStart start) {
        close();
        Path path = start.directory().resolve(MetricsFile.NAME);
        epoch = 0;
        samples = 0;
        seconds = 0;
        boolean resumed = start.firstUpdate() > 0 && Files.exists(path);
        if (resumed) {
            List<MetricRow> kept = MetricsFile.cut(path, start.firstUpdate()).rows();
            epoch = kept.isEmpty() ? 0 : kept.get(kept.size() - 1).epoch();
        }
        file = path;
        try {
            out = Files.newOutputStream(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UserException("cannot open " + path + ": " + e, e);
        }
    }

    @Override
    public void onUpdate(UpdateReport report) {
        epoch = report.epoch();
        samples += report.samples();
        seconds += report.seconds();
        if (report.metrics().isEmpty()) {
            return;
        }
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Metric(RATE, samples / seconds));
        metrics.addAll(report.metrics());
        samples = 0;
        seconds = 0;
        append(new MetricRow(report.update(), epoch, report.elapsed(), metrics));
    }

    @Override
    public void onEvaluation(long update, double elapsed, List<Metric> metrics) {
        append(new MetricRow(update, epoch, elapsed, metrics));
    }

    @Override
    public void close() {
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                throw new UserException("cannot close " + file + ": " + e, e);
            } finally {
                out = null;
            }
        }
    }

    private void append(MetricRow row) {
        if (out == null) {
            throw new IllegalStateException("onStart was not called");
        }
        try {
            out.write(MetricsFile.line(row).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UserException("cannot write " + file + ": " + e, e);
        }
    }
}
