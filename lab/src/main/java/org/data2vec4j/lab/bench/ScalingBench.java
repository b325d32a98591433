package org.data2vec4j.lab.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.data2vec4j.core.Check;
import org.data2vec4j.lab.bench.BenchImage.Size;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.record.ProgressStyle;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bench {@code scaling}: the time of the image bench's update as its batch, clones, tokens and width grow, one at a time, and
 * the exponent of each, fitted by least squares over logarithms: 1 where twice the size takes twice the time.
 */
public final class ScalingBench {
    /** What users call it. */
    public static final String NAME = "scaling";

    private static final double GIGA = 1e9;
    private static final int PATCH = 4;

    private final List<Series> series;
    private final List<Precision> precisions;
    private final int updates;
    private final int threads;

    /** What grows, how it is counted, and the sizes. */
    record Series(String name, List<Integer> counts, List<Size> sizes) {
        static Series batch(int... batches) {
            return of("batch", batches, batch -> new Size(batch, 8, 32, 192), batch -> batch);
        }

        static Series clones(int... clones) {
            return of("clones", clones, count -> new Size(32, count, 32, 192), count -> count);
        }

        static Series tokens(int... sides) {
            return of("tokens", sides, side -> new Size(32, 8, side, 192), side -> (side / PATCH) * (side / PATCH));
        }

        static Series width(int... widths) {
            return of("width", widths, width -> new Size(32, 8, 32, width), width -> width);
        }

        private static Series of(String name, int[] values, IntFunction<Size> size, IntUnaryOperator count) {
            return new Series(
                    name,
                    IntStream.of(values).map(count).boxed().toList(),
                    IntStream.of(values).mapToObj(size).toList());
        }
    }

    /** A size's time. */
    private record Point(int count, PrecisionResult result, long flops) {}

    ScalingBench(List<Series> series, List<Precision> precisions, int updates, int threads) {
        this.series = series;
        this.precisions = precisions;
        this.updates = updates;
        this.threads = threads;
    }

    /**
     * The bench as a user asks for it.
     *
     * @param precision fp32, bf16 or both
     * @param updates timed updates of each size
     * @param threads processor threads of one operator; 0 for all cores
     */
    public static ScalingBench of(String precision, int updates, int threads) {
        Check.inRange("--updates", updates, 1, 1_000_000);
        Check.inRange("--threads", threads, 0, 4096);
        return new ScalingBench(
                List.of(
                        Series.batch(8, 16, 32, 64),
                        Series.clones(2, 4, 8, 16),
                        Series.tokens(16, 24, 32, 48),
                        Series.width(64, 128, 192, 384)),
                BenchReport.precisions(precision),
                updates,
                threads);
    }

    /** Runs all sizes and prints a table, or one JSON object; progress goes to {@code err}. */
    public void print(PrintWriter out, PrintWriter err, boolean json) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        for (Precision precision : precisions) {
            ArrayNode all = root.putArray(PrecisionResult.name(precision));
            for (Series one : series) {
                List<Point> points = points(one, precision, err);
                double exponent = exponent(points);
                if (json) {
                    add(all.addObject(), one, points, exponent);
                } else {
                    table(out, one, precision, points, exponent);
                }
            }
        }
        if (json) {
            out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root));
        }
        out.flush();
    }

    private List<Point> points(Series one, Precision precision, PrintWriter err) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < one.sizes().size(); i++) {
            Size size = one.sizes().get(i);
            Bench bench = new Bench(
                    one.name() + " " + one.counts().get(i),
                    (type, cores, count) -> BenchImage.config(size, type, cores, count));
            BenchProgress progress =
                    new BenchProgress(err, bench.name(), ProgressStyle.detect().terminal());
            BenchResult result = new BenchRun(
                            bench, new BenchRun.Settings(List.of(precision), updates, threads, false), progress)
                    .run();
            points.add(new Point(one.counts().get(i), result.best(), result.flops()));
        }
        return points;
    }

    /** The slope of log time over log size. */
    private static double exponent(List<Point> points) {
        double[] x =
                points.stream().mapToDouble(point -> Math.log(point.count())).toArray();
        double[] y = points.stream()
                .mapToDouble(point -> Math.log(point.result().medianMs()))
                .toArray();
        return slope(x, y);
    }

    /** The slope of the least-squares line. */
    static double slope(double[] x, double[] y) {
        double meanX =
                IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElseThrow();
        double meanY =
                IntStream.range(0, x.length).mapToDouble(i -> y[i]).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            products += (x[i] - meanX) * (y[i] - meanY);
            squares += (x[i] - meanX) * (x[i] - meanX);
        }
        return products / squares;
    }

    private void table(PrintWriter out, Series one, Precision precision, List<Point> points, double exponent) {
        out.println(String.format(
                Locale.ROOT,
                "%s, %s, %d timed updates of each: time grows as %s^%.2f",
                one.name(),
                PrecisionResult.name(precision),
                updates,
                one.name(),
                exponent));
        out.println(String.format(
                Locale.ROOT,
                "%8s %10s %8s %8s %9s %12s",
                one.name(),
                "median ms",
                "p10",
                "p90",
                "GFLOP",
                "of roofline"));
        for (Point point : points) {
            out.println(String.format(
                    Locale.ROOT,
                    "%8d %10.1f %8.1f %8.1f %9.1f %11.1f%%",
                    point.count(),
                    point.result().medianMs(),
                    point.result().p10Ms(),
                    point.result().p90Ms(),
                    point.flops() / GIGA,
                    100 * point.result().rooflineShare()));
        }
        out.println();
    }

    private static void add(ObjectNode node, Series one, List<Point> points, double exponent) {
        node.put("grows", one.name());
        node.put("exponent", exponent);
        ArrayNode sizes = node.putArray("sizes");
        for (Point point : points) {
            ObjectNode entry = sizes.addObject();
            entry.put("size", point.count());
            entry.put("median_ms", point.result().medianMs());
            entry.put("p10_ms", point.result().p10Ms());
            entry.put("p90_ms", point.result().p90Ms());
            entry.put("flops", point.flops());
            entry.put("roofline_share", point.result().rooflineShare());
        }
    }
}
