package org.data2vec4j.evaluation.probe;

import java.util.List;
import java.util.Locale;

/**
 * The scores of an encoder beside the controls.
 *
 * @param rows one for each view and metric
 * @param chance what a constant answer gets, in percent
 * @param classes how many classes there are
 * @param bank pictures that classified
 * @param test pictures that were classified
 * @param unlabelled pictures left out because their class is unknown
 * @param skipped chosen pictures that could not be read
 * @param seconds time that the encoder's scores took
 * @param controlSeconds time that the controls took, when they were computed
 */
public record EvaluationResult(
        List<Row> rows,
        double chance,
        int classes,
        int bank,
        int test,
        int unlabelled,
        int skipped,
        double seconds,
        double controlSeconds) {
    /** What is measured. */
    public enum Metric {
        /** The weighted vote of nearest neighbours. */
        KNN("k-NN"),
        /** Ridge regression to the classes. */
        PROBE("linear probe");

        private final String label;

        Metric(String label) {
            this.label = label;
        }

        /** Its name in tables. */
        public String label() {
            return label;
        }
    }

    /**
     * One metric on one view.
     *
     * @param metric what is measured
     * @param view the features it is measured on
     * @param pretrained the encoder's
     * @param randomInitialisation the same encoder's before any training
     * @param rawPixels the pixels', which have no view
     */
    public record Row(Metric metric, FeatureView view, Score pretrained, Score randomInitialisation, Score rawPixels) {}

    /** Copies the list. */
    public EvaluationResult {
        rows = List.copyOf(rows);
    }

    /** The row of a metric on a view; throws {@link IllegalArgumentException} if it was not measured. */
    public Row row(Metric metric, FeatureView view) {
        return rows.stream()
                .filter(row -> row.metric() == metric && row.view().equals(view))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(metric + " on " + view + " was not measured"));
    }

    /** A Markdown table of accuracies in percent, with the half-width of the pretrained one's 95 % interval. */
    public String table() {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "| accuracy in %% (chance %.1f, %d classes, bank %d, test %d) | pretrained | random initialisation | raw pixels |%n"
                        + "| --- | --- | --- | --- |%n",
                chance,
                classes,
                bank,
                test));
        for (Row row : rows) {
            Interval interval = row.pretrained().interval();
            out.append(String.format(
                    Locale.ROOT,
                    "| %s (%s) | %.1f ± %.1f | %.1f | %.1f |%n",
                    row.metric().label(),
                    row.view().label(),
                    row.pretrained().percent(),
                    50 * (interval.high() - interval.low()),
                    row.randomInitialisation().percent(),
                    row.rawPixels().percent()));
        }
        return out.toString();
    }
}
