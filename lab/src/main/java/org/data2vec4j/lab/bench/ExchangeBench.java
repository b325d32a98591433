package org.data2vec4j.lab.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.run.Processes;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.GlooGroup;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.tensor.distributed.Rendezvous;
import org.data2vec4j.train.distributed.DistributedConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bench {@code exchange}: how long sums over all processes take by their size, what a call and a byte cost, and what that makes
 * of the gradients of models. Every process of a launch runs it; the first one measures its own waiting and prints.
 */
public final class ExchangeBench {
    /** What users call it. */
    public static final String NAME = "exchange";

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int WARMUP = 2;
    private static final int FLOAT = 4;
    private static final double BUCKET_MB = DistributedConfig.defaults().bucketMb();
    private static final double GIGA = 1e9;
    private static final int[] KIB = {1, 16, 256, 1 << 10, 1 << 12, 1 << 14, 1 << 16};
    private static final int[] MILLIONS = {2, 20, 100, 300};

    private final int rounds;

    /** A size's waiting, in seconds. */
    record Point(long bytes, double median, double p10, double p90) {}

    private ExchangeBench(int rounds) {
        this.rounds = rounds;
    }

    /** The bench with so many timed sums of each size. */
    public static ExchangeBench of(int rounds) {
        return new ExchangeBench(Check.inRange("--updates", rounds, 1, 1_000_000));
    }

    /**
     * Meets the other processes by torchrun's variables, times, and prints in the first one.
     *
     * @throws UserException in a process of its own
     */
    public void print(Map<String, String> environment, PrintWriter out, boolean json) {
        Rendezvous where = Rendezvous.of(environment, TIMEOUT);
        if (where == null) {
            throw new UserException("bench exchange times sums over processes, and this is one alone;"
                    + " start several: d2v launch --nproc 2 -- bench exchange");
        }
        try (ProcessGroup group = GlooGroup.meet(where)) {
            List<Point> points = Processes.together(group, () -> points(group));
            if (group.isRankZero() && json) {
                json(out, group.size(), points);
            } else if (group.isRankZero()) {
                table(out, group.size(), points);
            }
        }
        out.flush();
    }

    private List<Point> points(ProcessGroup group) {
        List<Point> points = new ArrayList<>();
        for (int kib : KIB) {
            try (Scope scope = Scope.open()) {
                long bytes = 1024L * kib;
                Tensor values = Tensors.zeros(DType.F32, Device.CPU, bytes / FLOAT);
                double[] seconds = new double[rounds];
                for (int round = -WARMUP; round < rounds; round++) {
                    group.barrier();
                    long start = System.nanoTime();
                    group.allReduce(values);
                    if (round >= 0) {
                        seconds[round] = (System.nanoTime() - start) / GIGA;
                    }
                }
                Quantiles quantiles = Quantiles.of(seconds);
                points.add(new Point(bytes, quantiles.at(0.5), quantiles.at(0.1), quantiles.at(0.9)));
            }
        }
        return points;
    }

    private void table(PrintWriter out, int processes, List<Point> points) {
        CallCost cost = CallCost.fit(points);
        out.println(text("sums over %d processes, %d timed of each size", processes, rounds));
        out.println(
                text("%10s %10s %8s %8s %14s %9s", "KiB", "median ms", "p10", "p90", "GB/s a process", "fitted ms"));
        for (Point point : points) {
            out.println(text(
                    "%10d %10.2f %8.2f %8.2f %14.2f %9.2f",
                    point.bytes() / 1024,
                    1e3 * point.median(),
                    1e3 * point.p10(),
                    1e3 * point.p90(),
                    moved(processes, point.bytes()) / point.median() / GIGA,
                    1e3 * cost.seconds(1, (double) point.bytes())));
        }
        out.println(text(
                "a call costs %.2f ms and a process moves %.2f GB/s (2(N-1)/N bytes each way for a byte summed)",
                1e3 * cost.call(), moved(processes, 1) / cost.perByte() / GIGA));
        for (int millions : MILLIONS) {
            double bytes = 1e6 * millions * FLOAT;
            double calls = Math.ceil(bytes / (BUCKET_MB * (1 << 20)));
            out.println(text(
                    "gradients of %d M parameters, %.0f bucket(s) of %.0f MiB: %.0f ms an update if nothing hides them",
                    millions, calls, BUCKET_MB, 1e3 * cost.seconds(calls, bytes)));
        }
    }

    /** What each process sends, and receives, in a ring. */
    private static double moved(int processes, long bytes) {
        return 2.0 * (processes - 1) / processes * (double) bytes;
    }

    private void json(PrintWriter out, int processes, List<Point> points) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("processes", processes);
        root.put("rounds", rounds);
        CallCost cost = CallCost.fit(points);
        root.put("seconds_per_call", cost.call());
        root.put("seconds_per_byte", cost.perByte());
        for (Point point : points) {
            ObjectNode entry = root.withArray("sizes").addObject();
            entry.put("bytes", point.bytes());
            entry.put("median_ms", 1e3 * point.median());
            entry.put("p10_ms", 1e3 * point.p10());
            entry.put("p90_ms", 1e3 * point.p90());
        }
        out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
