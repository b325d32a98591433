package org.data2vec4j.lab.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.tensor.OperatorProfile;
import org.jspecify.annotations.Nullable;

/** A bench's results for people. */
final class BenchTable {
    private static final double GIGA = 1e9;
    private static final int OPERATORS = 40;

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
            result.results().forEach(row -> operators(out, row));
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

    private void operators(PrintWriter out, PrecisionResult result) {
        double all =
                result.operators().stream().mapToDouble(OperatorProfile.Row::ms).sum();
        out.println(text(
                "%noperators in %s, ms of an update (observed, so slower than the timed ones): %.1f in all",
                result.name(), all));
        out.println(text(
                "%9s %9s %7s %6s  %s",
                "forward", "backward", "share", "calls", "operator, place, shape of the result"));
        result.operators().stream()
                .limit(OPERATORS)
                .forEach(row -> out.println(text(
                        "%9.1f %9.1f %6.1f%% %6d  %s in %s, %s",
                        row.forwardMs(),
                        row.backwardMs(),
                        100 * row.ms() / all,
                        row.calls(),
                        row.operator(),
                        row.place(),
                        row.shape())));
    }

    private static String whole(@Nullable Double value) {
        return value == null ? "n/a" : text("%.0f", value);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
