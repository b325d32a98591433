package org.data2vec4j.interop.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.tensor.Tensor;

/** Gathers the errors of one group of tensors: the largest of {@code max|a−b| / max(1, max|b|)}, and where it is. */
public final class TensorComparison {
    private final String group;
    private final double tolerance;
    private double worst;
    private String where = "-";
    private int compared;
    private final List<String> complaints = new ArrayList<>();

    TensorComparison(String group, double tolerance) {
        this.group = group;
        this.tolerance = tolerance;
    }

    void check(String name, Tensor actual, Tensor expected) {
        float[] a = actual.toFloats();
        float[] b = expected.toFloats();
        if (a.length != b.length) {
            complaints.add(name + " has shape " + actual + ", expected " + expected);
            return;
        }
        double largest = 1;
        double difference = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(b[i]));
            double gap = Math.abs((double) a[i] - b[i]);
            difference = gap > difference || Double.isNaN(gap) ? gap : difference;
        }
        note(name, difference / largest);
    }

    void check(String name, double actual, Tensor expected) {
        double value = expected.item();
        note(name, Math.abs(actual - value) / Math.max(1, Math.abs(value)));
    }

    void missing(String name) {
        complaints.add(name + " has no counterpart");
    }

    private void note(String name, double error) {
        compared++;
        if (!(error <= worst)) {
            worst = error;
            where = name;
        }
    }

    /** Whether something was compared and everything is within the tolerance. */
    public boolean passed() {
        return complaints.isEmpty() && worst <= tolerance;
    }

    /** How many tensors were compared. */
    public int compared() {
        return compared;
    }

    /** The largest relative error. */
    public double worst() {
        return worst;
    }

    /** One phrase: the group, its largest error, and the place of it when it is over the tolerance. */
    public String summary() {
        String text = String.format(Locale.ROOT, "%s %.1e of %d", group, worst, compared);
        if (!complaints.isEmpty()) {
            return text + " (" + complaints.get(0) + (complaints.size() > 1 ? ", and more" : "") + ")";
        }
        return worst <= tolerance
                ? text
                : text + String.format(Locale.ROOT, " (at %s, tolerance %.0e)", where, tolerance);
    }
}
