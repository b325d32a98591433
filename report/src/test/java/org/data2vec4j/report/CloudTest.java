package org.data2vec4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloudTest {
    private static final Picture RED = new Picture(2, 1, new byte[] {(byte) 200, 0, 0, (byte) 200, 0, 0});

    @Test
    void everyPointHasItsPlaceColourAndWords() {
        PointCloud cloud = new PointCloud(
                "a map",
                List.of("cat", "<dog>"),
                List.of(
                        new PointCloud.Point(-1, 5, 0, "tom & co", null),
                        new PointCloud.Point(3, 9, 1, "rex", null),
                        new PointCloud.Point(1, 7, -1, "?", null)));
        String html = cloud.render();
        assertThat(html)
                .contains("cx=\"14.0\" cy=\"546.0\"", "cx=\"706.0\" cy=\"14.0\"", "cx=\"360.0\" cy=\"280.0\"")
                .contains("<title>tom &amp; co</title>", "fill:#888", "&lt;dog&gt;")
                .doesNotContain("data-tile");
    }

    /** One sheet for all pictures, so that the page has one image; a point without one keeps its place on it. */
    @Test
    void picturesLieOnOneSheet() {
        List<PointCloud.Point> points = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            points.add(new PointCloud.Point(i, 0, 0, "" + i, i == 1 ? null : RED));
        }
        String html = new PointCloud("", List.of("a"), points).render();
        assertThat(html).contains("data-tile=\"2 1 20\"");
        assertThat(html.split("data:image/png", -1)).hasSize(2);
    }

    @Test
    void shadesGoFromDarkToBright() {
        assertThat(Shade.of(0)).isEqualTo(0x440154).isEqualTo(Shade.of(-3)).isEqualTo(Shade.of(Double.NaN));
        assertThat(Shade.of(1)).isEqualTo(0xFDE725).isEqualTo(Shade.of(7));
        assertThat(Shade.of(0.2)).isEqualTo(0x414487);
        Picture picture = Shade.picture(new float[] {5, 7, 6, 5}, 2, 2);
        assertThat(picture.rgb()).startsWith(0x44, 0x01, 0x54, (byte) 0xFD, (byte) 0xE7, 0x25);
        assertThat(Shade.picture(new float[] {1, 1}, 2, 1).rgb()).startsWith(0x44, 0x01, 0x54);
    }

    @Test
    void heatMapsNameEveryCell() {
        String html = new HeatMap("likeness", List.of("student 0", "teacher 0"), new double[][] {
                    {1, 0.25}, {0.25, Double.NaN}
                })
                .render();
        assertThat(html).contains("student 0 – teacher 0: 0.250", "fill=\"#fde725\"", "teacher 0 – teacher 0: NaN");
    }

    @Test
    void patchesHaveMapsAndMarks() {
        PatchFigure figure = new PatchFigure(
                RED,
                "a & b",
                2,
                3,
                List.of(
                        new PatchFigure.Map("attention", new float[] {1, 2, 3, 4, 5, 6}, -1),
                        new PatchFigure.Map("likeness", new float[] {1, 2, 3, 4, 5, 6}, 4)));
        String html = PatchFigure.render(List.of(figure));
        assertThat(html).contains("a &amp; b", "viewBox=\"0 0 3 2\"", "<rect class=\"anchor\" x=\"1\" y=\"1\"");
        assertThat(html.split("anchor", -1)).hasSize(2);
    }

    @Test
    void layersAreReadOutAsBlocks() {
        String html = new LayerPlot("k-NN", List.of(new LayerPlot.Curve("student", List.of(10.0, 20.0)))).render();
        assertThat(html).contains("data-unit=\"block\"", "data-name=\"student\"");
    }
}
