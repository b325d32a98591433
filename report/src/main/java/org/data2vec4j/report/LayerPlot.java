package org.data2vec4j.report;

import java.util.Arrays;
import java.util.List;

/**
 * Scores over the blocks of an encoder.
 *
 * @param label what it shows
 * @param curves in order of the palette
 */
public record LayerPlot(String label, List<Curve> curves) {
    /**
     * A subject's scores.
     *
     * @param name for the legend
     * @param values by block, the first at 0
     */
    public record Curve(String name, List<Double> values) {
        /** Copies the list. */
        public Curve {
            values = List.copyOf(values);
        }
    }

    private static final SvgPlot.Look LOOK = new SvgPlot.Look(460, 280, false, true);

    /** Copies the list. */
    public LayerPlot {
        curves = List.copyOf(curves);
    }

    /** The plot with a caption. */
    public String render() {
        List<Series> series = curves.stream()
                .map(curve -> new Series(curve.name(), numbers(curve.values().size()), array(curve.values())))
                .toList();
        return "<figure><figcaption><b>" + Html.escape(label) + "</b></figcaption>"
                + new SvgPlot(label, series, List.of(), LOOK).render("block") + "</figure>";
    }

    private static double[] numbers(int count) {
        double[] numbers = new double[count];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
