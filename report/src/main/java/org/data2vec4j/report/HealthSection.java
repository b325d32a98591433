package org.data2vec4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.train.record.MetricHistory;

/** Signs of collapse, targets and predictions in one plot each, with a sentence on what good looks like. */
final class HealthSection {
    private static final List<String> GROUPS = List.of("target", "prediction", "health");

    /** Of metrics that earlier versions measured. */
    private static final Map<String, String> EARLIER = Map.of(
            "variance",
            "Both settle well above zero. Targets that fall toward zero have collapsed: every input gets the same answer.",
            "effective_rank",
            "The number of directions the features use. It should rise, then hold; a fall to a few is dimensional collapse.",
            "cosine",
            "Mean similarity of unrelated samples. Low is good; near one, all samples look alike to the model.");

    private HealthSection() {}

    /** Whether the metric belongs here. */
    static boolean shows(String metric) {
        return GROUPS.contains(metric.replaceFirst("/.*", "")) && metric.indexOf('/') > 0;
    }

    /** The section's content; empty for a run without such metrics. */
    static String render(MetricHistory history) {
        Map<String, List<Series>> kinds = new LinkedHashMap<>();
        for (String name : history.names()) {
            if (shows(name)) {
                String kind = name.substring(name.indexOf('/') + 1);
                String side = name.substring(0, name.indexOf('/'));
                kinds.computeIfAbsent(kind, key -> new ArrayList<>())
                        .add(Series.of(history, name).named(side.equals("health") ? CurveSection.label(name) : side));
            }
        }
        StringBuilder out = new StringBuilder();
        kinds.forEach((kind, series) -> {
            out.append("<figure><figcaption>").append(Html.element("b", "", kind.replace('_', ' ')));
            out.append(" <span>")
                    .append(Html.escape(lasts(series)))
                    .append(gaps(series))
                    .append("</span></figcaption>");
            out.append(new SvgPlot(kind, series, List.of(), new SvgPlot.Look(440, 220, false, false)).render());
            out.append(Html.element("p", "good", good(kind))).append("</figure>");
        });
        return out.isEmpty() ? "" : "<div class=\"plots\">" + out + "</div>";
    }

    private static String good(String kind) {
        for (String group : GROUPS) {
            Diagnostic.Definition definition = Diagnostic.Definition.named(group + "/" + kind);
            if (definition != null) {
                return definition.meaning();
            }
        }
        return EARLIER.entrySet().stream()
                .filter(entry -> kind.endsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static String lasts(List<Series> series) {
        List<String> lasts = new ArrayList<>();
        series.forEach(s -> lasts.add((series.size() > 1 ? s.name() : "last") + " " + Numbers.brief(s.last())));
        return String.join(" · ", lasts);
    }

    private static String gaps(List<Series> series) {
        long gaps = series.stream().mapToLong(Series::gaps).sum();
        return gaps == 0 ? "" : " · <em class=\"warn\">" + gaps + " not finite</em>";
    }
}
