package org.data2vec4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.train.record.JsonLinesListener;
import org.data2vec4j.train.record.MetricHistory;

/** The curves of a run, grouped by the first part of their names: losses together and large, the others small, side by side. */
final class CurveSection {
    private static final List<String> FIRST = List.of("loss", "eval", "optimizer");
    private static final double LOG_FROM = 30;

    private CurveSection() {}

    /** The section's content; empty for a run that measured nothing of this kind. */
    static String render(MetricHistory history, List<EvaluationTable> evaluations) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        FIRST.forEach(group -> groups.put(group, new ArrayList<>()));
        for (String name : history.names()) {
            if (!HealthSection.shows(name)) {
                groups.computeIfAbsent(group(name), key -> new ArrayList<>()).add(name);
            }
        }
        StringBuilder out = new StringBuilder();
        List<String> alone = new ArrayList<>();
        groups.forEach((group, names) -> {
            if (group.equals("loss")) {
                losses(out, history, names);
            } else if (names.size() == 1 && !group.equals("eval")) {
                alone.addAll(names);
            } else if (!names.isEmpty()) {
                small(out, history, group, names, evaluations);
            }
        });
        if (!alone.isEmpty()) {
            small(out, history, "other", alone, evaluations);
        }
        return out.toString();
    }

    private static String group(String name) {
        return name.equals(JsonLinesListener.RATE) ? "speed" : name.replaceFirst("/.*", "");
    }

    private static void losses(StringBuilder out, MetricHistory history, List<String> names) {
        List<Series> series = new ArrayList<>();
        for (String name : names) {
            Series curve = Series.of(history, name);
            if (names.size() == 1
                    || Arrays.stream(curve.y()).anyMatch(y -> y != 0)) { // a part that is off says nothing
                series.add(curve.named(name.equals("loss") ? "total" : name.substring(name.indexOf('/') + 1)));
            }
        }
        if (series.isEmpty()) {
            return;
        }
        boolean log = spansDecades(series);
        out.append("<figure class=\"hero\"><figcaption><b>loss</b>").append(caption(series.get(0)));
        out.append(log ? " · logarithmic" : "").append("</figcaption>");
        // the same plot twice, one shown: text in a plot scaled down to a phone could not be read
        out.append("<div class=\"wide\">").append(plot("loss", series, List.of(), 920, 330, log, false));
        out.append("</div><div class=\"narrow\">").append(plot("loss", series, List.of(), 440, 300, log, false));
        out.append("</div></figure>");
    }

    private static void small(
            StringBuilder out,
            MetricHistory history,
            String group,
            List<String> names,
            List<EvaluationTable> evaluations) {
        out.append(Html.element("h3", "", group.equals("eval") ? "evaluation" : group))
                .append("<div class=\"plots\">");
        for (String name : names) {
            Series series = Series.of(history, name);
            boolean log = name.endsWith("norm") && spansDecades(List.of(series));
            out.append("<figure><figcaption>")
                    .append(Html.element("b", "", group.equals("other") ? name.replaceAll("[/_]", " ") : label(name)));
            out.append(caption(series)).append("</figcaption>");
            out.append(plot(
                    name,
                    List.of(series.named(label(name))),
                    baselines(name, evaluations),
                    440,
                    220,
                    log,
                    group.equals("eval")));
            out.append("</figure>");
        }
        out.append("</div>");
    }

    /** The last part of a metric's name, in words. */
    static String label(String name) {
        return name.substring(name.indexOf('/') + 1).replace('_', ' ');
    }

    /** Last value, and how many values were not finite. */
    static String caption(Series series) {
        String gaps = series.gaps() == 0 ? "" : " · <em class=\"warn\">" + series.gaps() + " not finite</em>";
        return " <span>last " + Numbers.brief(series.last()) + gaps + "</span>";
    }

    private static String plot(
            String label,
            List<Series> series,
            List<Baseline> baselines,
            int width,
            int height,
            boolean log,
            boolean markers) {
        return new SvgPlot(label, series, baselines, new SvgPlot.Look(width, height, log, markers)).render();
    }

    private static List<Baseline> baselines(String metric, List<EvaluationTable> evaluations) {
        List<Baseline> baselines = new ArrayList<>();
        for (EvaluationTable table : evaluations) {
            for (EvaluationRow row : table.rows()) {
                double unit = row.scale() == EvaluationRow.Scale.PERCENT ? 100 : 1; // curves are in percent
                for (int i = 1;
                        row.metric().equals(metric) && i < table.columns().size();
                        i++) {
                    double value = unit * row.values().get(i);
                    if (Double.isFinite(value)) {
                        baselines.add(new Baseline(table.columns().get(i), value));
                    }
                }
            }
        }
        return baselines;
    }

    /** Whether the values, a few outliers aside, are positive and span well over a decade. */
    private static boolean spansDecades(List<Series> series) {
        double[] sorted = series.stream()
                .flatMapToDouble(s -> Arrays.stream(s.finite()))
                .sorted()
                .toArray();
        if (sorted.length < 2 || sorted[0] <= 0) {
            return false;
        }
        return sorted[(sorted.length - 1) * 99 / 100] > LOG_FROM * sorted[sorted.length / 100];
    }
}
