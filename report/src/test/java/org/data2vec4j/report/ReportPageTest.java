package org.data2vec4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricRow;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportPageTest {
    private static ReportData only(MetricHistory history) {
        return new ReportData(
                "run", "", List.of(), history, List.of(), List.of(), List.of(), List.of(), "", List.of(), List.of());
    }

    private static MetricHistory one(String name, double... values) {
        List<MetricRow> rows = new ArrayList<>();
        for (double value : values) {
            rows.add(new MetricRow(rows.size() + 1, 0, rows.size(), List.of(new Metric(name, value))));
        }
        return new MetricHistory(rows);
    }

    @Test
    void holdsEverySectionAndNothingFromOutside() throws IOException {
        String page = ReportPage.render(FakeReport.data());
        Files.writeString(Path.of("target", "report-sample.html"), page); // to be looked at
        for (String id : List.of("curves", "evaluation", "masks", "neighbours", "health", "config", "provenance")) {
            assertThat(page).contains("<section id=\"" + id + "\">", "<a href=\"#" + id + "\">");
        }
        assertThat(page).contains("<li>3 files could not be decoded");
        assertThat(page.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http://", "https://", "@import", "<link", "src=\"/", "url(\"");
        assertThat(page.length()).isLessThan(1_500_000);
        assertThat(page).isEqualTo(ReportPage.render(FakeReport.data()));
    }

    @Test
    void everyPlotIsWellFormed() throws Exception {
        String page = ReportPage.render(FakeReport.data());
        List<String> plots = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(plots).hasSizeGreaterThan(20);
        for (String plot : plots) {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(plot)));
            assertThat(plot).doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void anEmptyRunHasAPage() {
        String page = ReportPage.render(only(MetricHistory.empty()));
        assertThat(page).contains("has not logged an update yet").doesNotContain("<svg", "<nav>", "id=\"masks\"");
    }

    @Test
    void onePointIsADot() {
        assertThat(ReportPage.render(only(one("loss", 0.5))))
                .contains("<circle class=\"s1\"")
                .doesNotContain("NaN");
    }

    @Test
    void gapsAreCountedAndNothingNotFiniteReachesAPlot() {
        String page = ReportPage.render(only(one("loss", 3, Double.NaN, 2, Double.POSITIVE_INFINITY, 1)));
        assertThat(page).contains("2 not finite").doesNotContain("NaN", "Infinity");
        String nothing = ReportPage.render(only(one("optimizer/x", Double.NaN, Double.NaN)));
        assertThat(nothing).contains("Nothing finite was measured").doesNotContain("<svg");
        String health = ReportPage.render(only(one("target/variance", 0.5, Double.NaN)));
        assertThat(health).contains("1 not finite", "id=\"health\"");
    }

    @Test
    void aConstantAndAnExtremeCurveAreDrawn() {
        assertThat(ReportPage.render(only(one("a/b", 0, 0, 0))))
                .contains("class=\"curve s1\"")
                .doesNotContain("NaN");
        assertThat(ReportPage.render(only(one("a/b", 1e-300, 1e300)))).doesNotContain("NaN", "Infinity");
        assertThat(ReportPage.render(only(one("loss", 1e-300, 1, 1e300)))).doesNotContain("NaN", "Infinity");
        assertThat(ReportPage.render(only(one("loss", -1e308, 1e308)))).doesNotContain("NaN", "Infinity");
    }

    @Test
    void aHundredThousandPointsStaySmall() {
        String page = ReportPage.render(only(FakeReport.history(100_000, 1)));
        assertThat(page.length()).isLessThan(1_500_000);
    }

    @Test
    void escapesEveryText() {
        String bad = "<script>alert('\"&')</script>\u0007";
        Picture picture = FakeReport.picture(0, 1);
        ReportData data = new ReportData(
                bad,
                bad,
                List.of(new Fact(bad, bad, bad)),
                one("eval/" + bad, 1, 2),
                List.of(new EvaluationTable(
                        bad,
                        List.of(bad, bad),
                        List.of(EvaluationRow.accuracy(bad, "eval/" + bad, List.of(0.1, 0.2))),
                        bad)),
                List.of(),
                List.of(new NeighbourFigure(picture, bad, List.of(new Neighbour(picture, bad, Double.NaN, true)))),
                List.of(TranscriptSection.of("x", List.of(new TranscriptSection.Line(bad, bad + " a", "b " + bad)))),
                bad + "\n" + bad + ": x\n# " + bad,
                List.of(bad),
                List.of(new Fact(bad, bad, bad)));
        String page = ReportPage.render(data);
        assertThat(page).doesNotContain("<script>alert", "\u0007");
        assertThat(page).contains("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;");
    }

    @Test
    void baselinesAreDrawnUnderTheirCurve() {
        String page = ReportPage.render(FakeReport.data());
        assertThat(page).contains("random init 33.9", "raw pixels 35.4", "class=\"baseline b1\"");
    }
}
