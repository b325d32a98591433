package org.data2vec4j.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The page of a run, or of a race of several. One file with no outside resources: style, plots and pictures are in it, and it
 * reads without scripts; a small one adds read-outs under the pointer. The same data give the same bytes.
 */
public final class ReportPage {
    private ReportPage() {}

    /** The page as HTML, to be saved as UTF-8. */
    public static String render(ReportData data) {
        return render(data.title(), data.subtitle(), data.headline(), data.notes(), sections(data));
    }

    /** A page of sections of one's own; those without content are left out. */
    public static String render(
            String title, String subtitle, List<Fact> headline, List<String> notes, List<ReportSection> parts) {
        List<ReportSection> sections =
                parts.stream().filter(section -> !section.content().isEmpty()).toList();
        StringBuilder out = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        out.append("<meta name=\"color-scheme\" content=\"light dark\">");
        out.append(Html.element("title", "", title));
        out.append("<style>").append(resource("report.css")).append("</style></head>\n<body><main><header>");
        out.append(Html.element("h1", "", title)).append(Html.element("p", "subtitle", subtitle));
        out.append(headline(headline)).append(notes(notes));
        if (sections.size() > 2) {
            out.append("<nav>");
            sections.forEach(section -> out.append("<a href=\"#" + section.id() + "\">" + section.title() + "</a>"));
            out.append("</nav>");
        }
        out.append("</header>\n");
        for (ReportSection section : sections) {
            out.append("<section id=\"")
                    .append(section.id())
                    .append("\">")
                    .append(Html.element("h2", "", section.title()));
            out.append(section.lead().isEmpty() ? "" : Html.element("p", "lead", section.lead()));
            out.append(section.content()).append("</section>\n");
        }
        return out.append("</main><script>")
                .append(resource("report.js"))
                .append("</script></body></html>\n")
                .toString();
    }

    private static List<ReportSection> sections(ReportData data) {
        List<ReportSection> all = new ArrayList<>();
        String curves = CurveSection.render(data.history(), data.evaluations());
        boolean waiting = data.history().rows().isEmpty();
        all.add(new ReportSection(
                "curves",
                "Curves",
                "",
                waiting ? "<p class=\"empty\">This run has not logged an update yet.</p>" : curves));
        all.add(new ReportSection("evaluation", "Evaluation", "", EvaluationSection.render(data.evaluations())));
        all.addAll(data.sections());
        all.add(new ReportSection(
                "masks",
                "What the student saw",
                "Each sample is cloned and each clone masked anew. The hatched patches are hidden from the student, which "
                        + "predicts there what the teacher makes of the whole sample.",
                data.masks().isEmpty() ? "" : MaskSection.render(data.masks())));
        all.add(new ReportSection(
                "neighbours",
                "Nearest neighbours",
                "By cosine similarity of features, found with no labels; a tick marks a neighbour of the sample's class.",
                data.neighbours().isEmpty() ? "" : NeighbourSection.render(data.neighbours())));
        all.add(new ReportSection("health", "Health", "", HealthSection.render(data.history())));
        all.add(config(data.configYaml()));
        all.add(provenance(data.provenance()));
        return all;
    }

    private static String headline(List<Fact> facts) {
        StringBuilder out = new StringBuilder();
        for (Fact fact : facts) {
            out.append("<div>")
                    .append(Html.element("dt", "", fact.name()))
                    .append(Html.element("dd", "", fact.value()));
            out.append(fact.note().isEmpty() ? "" : Html.element("dd", "note", fact.note()))
                    .append("</div>");
        }
        return out.isEmpty() ? "" : "<dl class=\"headline\">" + out + "</dl>";
    }

    private static String notes(List<String> notes) {
        StringBuilder out = new StringBuilder();
        notes.forEach(note -> out.append(Html.element("li", "", note)));
        return out.isEmpty() ? "" : "<ul class=\"notes\">" + out + "</ul>";
    }

    /** A configuration, folded away. */
    public static ReportSection config(String yaml) {
        return new ReportSection("config", "Config", "", ConfigSection.render(yaml));
    }

    /** Where it all comes from. */
    public static ReportSection provenance(List<Fact> facts) {
        StringBuilder out = new StringBuilder();
        for (Fact fact : facts) {
            out.append("<div>").append(Html.element("dt", "", fact.name())).append("<dd><code>");
            out.append(Html.escape(fact.value())).append("</code>");
            out.append(fact.note().isEmpty() ? "" : " " + Html.element("span", "note", fact.note()));
            out.append("</dd></div>");
        }
        return new ReportSection(
                "provenance", "Provenance", "", out.isEmpty() ? "" : "<dl class=\"provenance\">" + out + "</dl>");
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + name, e);
        }
    }
}
