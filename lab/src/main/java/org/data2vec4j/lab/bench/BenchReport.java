package org.data2vec4j.lab.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.record.ProgressStyle;

/** A bench as it was asked for: runs and prints. */
public final class BenchReport {
    /** Both precisions, as an option's value. */
    public static final String BOTH = "both";

    private final Bench bench;
    private final BenchRun.Settings settings;

    /** How results are printed. */
    public enum Form {
        /** For people. */
        TABLE,
        /** One object. */
        JSON
    }

    BenchReport(Bench bench, BenchRun.Settings settings) {
        this.bench = bench;
        this.settings = settings;
    }

    /**
     * The bench that a user's words name.
     *
     * @param precision fp32, bf16 or both
     * @param updates timed updates of each precision, 1 or more
     * @param threads processor threads of one operator; 0 for all cores
     * @param profile whether to add phases and operators
     * @throws UserException if one of them makes no sense
     */
    public static BenchReport of(String name, String precision, int updates, int threads, boolean profile) {
        Check.inRange("--updates", updates, 1, 1_000_000);
        Check.inRange("--threads", threads, 0, 4096);
        return new BenchReport(
                Bench.named(name), new BenchRun.Settings(precisions(precision), updates, threads, profile));
    }

    /** Runs the bench; progress goes to {@code err}, results to {@code out}. */
    public void print(PrintWriter out, PrintWriter err, Form form) {
        boolean terminal = ProgressStyle.detect().terminal();
        BenchResult result = new BenchRun(bench, settings, new BenchProgress(err, bench.name(), terminal)).run();
        if (form == Form.JSON) {
            out.println(BenchJson.of(result, settings.profile()));
            out.flush();
        } else {
            new BenchTable(result).print(out, settings.profile());
        }
    }

    static List<Precision> precisions(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "fp32" -> List.of(Precision.FP32);
            case "bf16" -> List.of(Precision.BF16);
            case BOTH -> List.of(Precision.FP32, Precision.BF16);
            default -> throw new UserException("--precision is " + name + "; allowed: fp32, bf16, both");
        };
    }
}
