package org.data2vec4j.cli.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A bench's results for people. */
final class BenchTable {
    private static final double GIGA = 1e9;

    private final BenchResult result;

    BenchTable(BenchResult result) {
        this.result = result;
    }

    /** Prints the table, with the phases if asked. */
    void print(PrintWriter out, boolean profile) {
        out.println(text(
                "bench %s on %s: %.1f GFLOP of matrix products per update, %d timed updates, %d thread(s)",
                result.name(), result.device(), result.flops() / GIGA, result.updates(), result.threads()));
        out.println(text(
                "           median ms   p10 ms   p90 ms %12s  peak MB  product GFLOP/s  of roofline",
                result.samples() + "/s"));
        for (PrecisionResult row : result.results()) {
            out.println(text(
                    "%-9s %10.1f %8.1f %8.1f %12.1f %8s %16.0f %11.1f%%%s",
                    row.name(),
                    row.medianMs(),
                    row.p10Ms(),
                    row.p90Ms(),
                    row.samplesPerSecond(),
                    whole(row.peakMb()),
                    row.matrixRate() / GIGA,
                    100 * row.rooflineShare(),
                    result.results().size() > 1
                                    && row.precision() == result.best().precision()
                            ? "  best"
                            : ""));
        }
        if (profile) {
            phases(out);
        }
        out.flush();
    }

    private void phases(PrintWriter out) {
        List<PrecisionResult> rows = result.results();
        StringBuilder head = new StringBuilder(text("%n%-18s", "phase, median ms"));
        rows.forEach(row -> head.append(text("%10s", row.name())));
        out.println(head);
        for (int i = 0; i < rows.get(0).phases().size(); i++) {
            StringBuilder line =
                    new StringBuilder(text("%-18s", rows.get(0).phases().get(i).name()));
            for (PrecisionResult row : rows) {
                line.append(text("%10.1f", row.phases().get(i).medianMs()));
            }
            out.println(line);
        }
    }

    private static String whole(@Nullable Double value) {
        return value == null ? "n/a" : text("%.0f", value);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
