package org.data2vec4j.lab.ablate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.data2vec4j.evaluation.file.AtomicText;
import org.data2vec4j.evaluation.metric.MeanInterval;
import org.data2vec4j.lab.trial.Measure;
import org.data2vec4j.report.IntervalPlot;
import org.data2vec4j.version.Version;
import org.jspecify.annotations.Nullable;

/** An ablation's table in Markdown and its plot, of the cells that are done. */
final class AblationReport {
    /** The table, in the ablation's folder. */
    static final String TABLE = "ablation.md";

    /** The plot, beside it. */
    static final String PLOT = "ablation.svg";

    private static final double ALL = 100;

    private final AblationConfig config;
    private final List<AblationRow> rows = new ArrayList<>();

    /** Of the done cells of each variation, by seed. */
    AblationReport(AblationConfig config, Map<Variation, Map<Long, CellResult>> cells) {
        this.config = config;
        Measure measure = config.measure();
        Map<Long, Double> first = AblationRow.scores(
                measure, cells.getOrDefault(config.variations().get(0), Map.of()));
        cells.forEach((variation, row) -> rows.add(AblationRow.of(measure, variation, row, first)));
    }

    /** Writes both. */
    void write(Path folder) {
        AtomicText.write(folder.resolve(TABLE), out -> out.write(table()));
        String plot = plot();
        AtomicText.write(folder.resolve(PLOT), out -> out.write(plot));
    }

    /** The table and what it needs to be read. */
    String table() {
        Measure measure = config.measure();
        StringBuilder out = new StringBuilder(text(
                "%s of %s on %s, seeds %s; percent of %s (%s encoder)%n%n",
                config.budget().label(),
                config.recipe(),
                config.data(),
                config.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                measure.score().label(),
                measure.weights()));
        out.append("| variation | mean | 95 % interval | beyond the first | by seed | untrained | control | updates |"
                + " seconds |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (int i = 0; i < rows.size(); i++) {
            AblationRow row = rows.get(i);
            out.append(text(
                    "| %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                    row.name(),
                    mean(row.score()),
                    range(row.score()),
                    i == 0 ? "" : difference(row.difference()),
                    row.scores().values().stream()
                            .map(score -> text("%.1f", score))
                            .collect(Collectors.joining(" ")),
                    number("%.1f", row.untrained()),
                    number("%.1f", row.control()),
                    number("%.0f", row.updates()),
                    number("%.0f", row.seconds())));
        }
        out.append(
                text(
                        "%nIntervals: Student's t over seeds; they speak of these seeds' spread, not of other data or longer"
                                + " training. Beyond the first: the difference to the first variation by the same seed, paired. Untrained:"
                                + " the same encoder at random initialisation. Control: no encoder (pixels, log-mel or token counts).%n"));
        rows.forEach(row -> row.failures()
                .forEach((seed, why) -> out.append(text("%nNot counted: %s, seed %d: %s.%n", row.name(), seed, why))));
        return out.append(text("%ndata2vec4j %s; settings in ablation.yaml%n", Version.number()))
                .toString();
    }

    /** The plot: a row for each variation, a dot for each seed. */
    private String plot() {
        List<IntervalPlot.Row> shown = new ArrayList<>();
        for (AblationRow row : rows) {
            MeanInterval score = row.score();
            if (score != null) {
                shown.add(new IntervalPlot.Row(
                        row.name(),
                        List.copyOf(row.scores().values()),
                        score.mean(),
                        Math.max(0, score.low()),
                        Math.min(ALL, score.high())));
            }
        }
        double untrained = rows.stream()
                .mapToDouble(AblationRow::untrained)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
        String label = config.measure().score().label() + ", percent; dots are seeds, bars 95 % intervals of the mean";
        return new IntervalPlot(label, shown, "untrained", untrained).render();
    }

    private static String mean(@Nullable MeanInterval interval) {
        return interval == null ? "" : text("%.1f", interval.mean());
    }

    private static String range(@Nullable MeanInterval interval) {
        return interval == null || !Double.isFinite(interval.half())
                ? ""
                : text("%.1f to %.1f", interval.low(), interval.high());
    }

    private static String difference(@Nullable MeanInterval interval) {
        if (interval == null) {
            return "";
        }
        return text("%+.1f", interval.mean())
                + (Double.isFinite(interval.half()) ? text(" ± %.1f", interval.half()) : "");
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? text(format, value) : "";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
