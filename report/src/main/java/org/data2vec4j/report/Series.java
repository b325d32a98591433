package org.data2vec4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricRow;

/**
 * The points of one curve, in order of {@code x}; a {@code y} that is not finite is a gap.
 *
 * @param name for the legend
 * @param x updates
 * @param y values, as many
 */
@SuppressWarnings("ArrayRecordComponent") // 100,000 points: never compared, never changed
record Series(String name, double[] x, double[] y) {
    private static final double NOISY = 4;

    /** The metric's curve. */
    static Series of(MetricHistory history, String metric) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        for (MetricRow row : history.rows()) {
            for (Metric value : row.metrics()) {
                if (value.name().equals(metric)) {
                    xs.add((double) row.update());
                    ys.add(value.value());
                }
            }
        }
        return new Series(metric, array(xs), array(ys));
    }

    /** The same curve under another name. */
    Series named(String other) {
        return new Series(other, x, y);
    }

    /** Number of points. */
    int size() {
        return x.length;
    }

    /** Whether the curve shakes: it moves up and down over several times its range. A schedule does not. */
    boolean noisy() {
        double[] values = finite();
        double way = 0;
        for (int i = 1; i < values.length; i++) {
            way += Math.abs(values[i] - values[i - 1]);
        }
        double low = Arrays.stream(values).min().orElse(0);
        double high = Arrays.stream(values).max().orElse(0);
        return way > NOISY * (high - low);
    }

    /** Number of points that are not finite. */
    long gaps() {
        return Arrays.stream(y).filter(value -> !Double.isFinite(value)).count();
    }

    /** Finite values. */
    double[] finite() {
        return Arrays.stream(y).filter(Double::isFinite).toArray();
    }

    /** The last finite value, or NaN. */
    double last() {
        double[] finite = finite();
        return finite.length == 0 ? Double.NaN : finite[finite.length - 1];
    }

    /**
     * A curve of about {@code points} points that looks the same: of each run of neighbours the lowest and the highest stay,
     * so that no spike is lost; and one gap stays where there were any.
     */
    Series decimated(int points) {
        if (size() <= points) {
            return this;
        }
        int buckets = Math.max(1, points / 2);
        List<Integer> kept = new ArrayList<>();
        for (int b = 0; b < buckets; b++) {
            int from = (int) ((long) b * size() / buckets);
            int to = (int) ((long) (b + 1) * size() / buckets);
            int low = from;
            int high = from;
            int gap = -1;
            for (int i = from; i < to; i++) {
                if (!Double.isFinite(y[i])) {
                    gap = i;
                    continue;
                }
                low = !(y[low] <= y[i]) ? i : low; // negated: true where y[low] is NaN
                high = !(y[high] >= y[i]) ? i : high;
            }
            int[] bucket = {low, high, gap < 0 ? low : gap};
            Arrays.stream(bucket).distinct().sorted().forEach(kept::add);
        }
        double[] xs = kept.stream().mapToDouble(i -> x[i]).toArray();
        double[] ys = kept.stream().mapToDouble(i -> y[i]).toArray();
        return new Series(name, xs, ys);
    }

    /**
     * Exponential moving average of about {@code span} points to either side: an average of the past alone would lag behind a
     * falling loss. Gaps stay gaps.
     */
    Series smoothed(double span) {
        double decay = 1 - 1 / Math.max(1, span);
        double[] sums = new double[y.length];
        double[] weights = new double[y.length];
        for (int direction = 1; direction >= -1; direction -= 2) {
            double sum = 0;
            double weight = 0;
            for (int i = direction > 0 ? 0 : y.length - 1; i >= 0 && i < y.length; i += direction) {
                if (Double.isFinite(y[i])) {
                    double own = direction > 0 ? 1 : 0; // a point counts once, not once per direction
                    sums[i] += decay * sum + own * y[i];
                    weights[i] += decay * weight + own;
                    sum = decay * sum + y[i];
                    weight = decay * weight + 1;
                }
            }
        }
        double[] ys = new double[y.length];
        Arrays.setAll(ys, i -> weights[i] > 0 ? sums[i] / weights[i] : Double.NaN);
        return new Series(name, x, ys);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
