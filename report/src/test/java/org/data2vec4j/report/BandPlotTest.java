package org.data2vec4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.data2vec4j.report.BandPlot.Curve;
import org.data2vec4j.report.BandPlot.Line;
import org.data2vec4j.report.BandPlot.Point;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class BandPlotTest {
    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void aBandWhereThereIsAnIntervalAndALineForEachCurve() throws Exception {
        BandPlot plot = new BandPlot(
                "Score & time",
                "seconds",
                "percent",
                List.of(
                        new Curve("a < b", List.of(new Point(0, 20, 18, 22), new Point(100, 40, 35, 45))),
                        new Curve("alone", List.of(new Point(0, 21, Double.NaN, Double.NaN), new Point(90, 30, 0, 0)))),
                List.of(new Line("untrained", 20.5), new Line("nothing", Double.NaN)));
        String svg = plot.render();
        assertThat(parsed(svg).getElementsByTagName("circle").getLength()).isEqualTo(4);
        assertThat(svg)
                .contains("a &lt; b", "Score &amp; time", "untrained 20.5", "class=\"area c1\"", "class=\"c2\"")
                .doesNotContain("nothing", "NaN");
        assertThat(plot.render()).isEqualTo(svg);
    }

    @Test
    void nothingMeasuredIsAnEmptyPlot() throws Exception {
        String svg = new BandPlot("t", "x", "y", List.of(new Curve("a", List.of())), List.of()).render();
        assertThat(parsed(svg).getElementsByTagName("circle").getLength()).isZero();
    }

    @Test
    void tablesInMarkdownAndOnPages() {
        TextTable table = new TextTable("T", List.of("who", "n"), List.of(List.of("a|b <c>", "1")), "Note.");
        assertThat(table.markdown()).isEqualTo("## T\n\n| who | n |\n| --- | --- |\n| a\\|b <c> | 1 |\n\nNote.\n");
        assertThat(table.html()).contains("<th>a|b &lt;c&gt;</th><td>1</td>", "Note.");
    }
}
