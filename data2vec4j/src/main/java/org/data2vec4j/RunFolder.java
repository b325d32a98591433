package org.data2vec4j;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.data2vec4j.core.UserException;
import org.data2vec4j.run.LoadedFineTuning;
import org.data2vec4j.run.RunDirectory;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricRow;
import org.data2vec4j.train.record.MetricsFile;
import org.jspecify.annotations.Nullable;

/**
 * What a run directory holds, as it is when it is asked: a run that trains goes on changing it. Reads small files only, no weights.
 * Immutable and thread-safe; there is nothing to close.
 */
public final class RunFolder {
    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /**
     * The directory of a pre-training or fine-tuning run.
     *
     * @throws UserException if it is none
     */
    public static RunFolder of(Path path) {
        if (!Files.isRegularFile(path.resolve(RunDirectory.CONFIG))) {
            throw new UserException(path + " is not a run directory: it has no " + RunDirectory.CONFIG
                    + "; give the directory that d2v pretrain or d2v finetune wrote, as in runs/image-tiny");
        }
        return new RunFolder(path);
    }

    /** The directory. */
    public Path path() {
        return path;
    }

    /** Whether it is of a fine-tuning run; if not, it is of a pre-training run. */
    public boolean isFineTuning() {
        return LoadedFineTuning.isAt(path);
    }

    /** The recipe that the run was last started with: every setting, defaults included. */
    public Recipe recipe() {
        return Recipe.load(path.resolve(RunDirectory.CONFIG).toString());
    }

    /**
     * Where training stands.
     *
     * @param checkpoint the folder of the newest checkpoint
     * @param update updates done
     * @param seconds of training so far, evaluation excluded
     * @param version of the library that wrote it
     */
    public record State(Path checkpoint, long update, double seconds, String version) {}

    /**
     * The state of the newest checkpoint; null where there is none yet.
     *
     * @throws UserException if it is damaged
     */
    public @Nullable State state() {
        Checkpoints.Saved newest = new Checkpoints(path, 1).newest();
        return newest == null
                ? null
                : new State(
                        newest.folder(),
                        newest.state().update(),
                        newest.state().elapsed(),
                        newest.state().libraryVersion());
    }

    /**
     * One value of a metric.
     *
     * @param update updates done when it was measured
     * @param seconds of training by then, evaluation excluded
     * @param value as measured; NaN where it was not a finite number
     */
    public record Point(long update, double seconds, double value) {}

    /** The names of the metrics that the run has measured, in order of first appearance; none where it has not begun. */
    public Set<String> metricNames() {
        return history().names();
    }

    /** The values of a metric such as {@code loss}, in order; none where it was never measured. */
    public List<Point> metric(String name) {
        List<Point> points = new ArrayList<>();
        for (MetricRow row : history().rows()) {
            for (Metric metric : row.metrics()) {
                if (metric.name().equals(name)) {
                    points.add(new Point(row.update(), row.elapsed(), metric.value()));
                }
            }
        }
        return points;
    }

    /** The latest value of a metric; empty where it was never measured. */
    public OptionalDouble lastMetric(String name) {
        return history().last(name);
    }

    private MetricHistory history() {
        Path file = path.resolve(MetricsFile.NAME);
        return Files.isRegularFile(file) ? MetricsFile.read(file) : MetricHistory.empty();
    }

    /**
     * The scores of the newest {@link Evaluation}; null where the run was not evaluated.
     *
     * @throws UserException if the file is damaged
     */
    public Evaluation.@Nullable Result scores() {
        return Evaluation.isAt(path) ? Evaluation.read(path) : null;
    }
}
