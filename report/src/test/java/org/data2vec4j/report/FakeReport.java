package org.data2vec4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricRow;

/** A made-up but likely run: curves, scores, masks, neighbours and config in the proportions of a real one. */
final class FakeReport {
    static final int UPDATES = 15_000;
    private static final List<String> CLASSES = List.of("ring", "disc", "bars", "cross");

    private FakeReport() {}

    static ReportData data() {
        return new ReportData(
                "image-tiny",
                "data2vec 2.0 on 50,000 images of 32×32 for 15,000 updates, without a label.",
                List.of(
                        new Fact("k-NN accuracy", "71.8 %", "random init 33.9 %"),
                        new Fact("linear probe", "76.4 %", "raw pixels 40.2 %"),
                        new Fact("training time", "3 h 42 min", "2 cores, bfloat16"),
                        new Fact("speed", "213 images/s", "0.30 s per update")),
                history(UPDATES, 20),
                List.of(
                        new EvaluationTable(
                                "Accuracy on 10,000 test images",
                                List.of("pretrained", "random init", "raw pixels"),
                                List.of(
                                        EvaluationRow.accuracy(
                                                "k-NN, k = 20", "eval/knn", List.of(0.718, 0.339, 0.354)),
                                        EvaluationRow.accuracy(
                                                "linear probe", "eval/probe", List.of(0.764, 0.451, 0.402)),
                                        EvaluationRow.accuracy(
                                                "fine-tuned, 10 % of labels", "", List.of(0.702, 0.715, Double.NaN)),
                                        new EvaluationRow(
                                                "probe, cross-entropy",
                                                "",
                                                List.of(0.69, 1.58, 1.73),
                                                EvaluationRow.Scale.PLAIN,
                                                EvaluationRow.Better.LOWER)),
                                "Features are the mean over patches of the teacher's last block. Probes are trained for 100 epochs.")),
                List.of(maskFigure(1), maskFigure(2)),
                List.of(neighbourFigure(0), neighbourFigure(1), neighbourFigure(2)),
                List.of(TranscriptSection.of(
                        "test", List.of(new TranscriptSection.Line("a", "one two three", "one too three four")))),
                """
                # resolved from recipe image-tiny
                seed: 17
                precision: bfloat16
                model:
                  width: 192
                  depth: 12
                  heads: 3
                mask:
                  law: inverse-block
                  share: 0.8
                  clones: 8
                train:
                  updates: 15000
                  batch: 64
                """,
                List.of(
                        "The run was resumed at update 8,000; curves are of one uninterrupted run.",
                        "3 files could not be decoded and were skipped."),
                List.of(
                        Fact.of("command", "d2v pretrain recipe=image-tiny data=images run=runs/image-tiny seed=17"),
                        Fact.of("version", "data2vec4j 0.1.0, libtorch 2.10, JDK 17.0.15"),
                        Fact.of("seed", "17"),
                        new Fact("data", "sha256:4b1f…9a02", "50,000 files, 143 MB")));
    }

    static MetricHistory history(int updates, int logEvery) {
        Rng rng = Rng.of(7, updates);
        List<MetricRow> rows = new ArrayList<>();
        for (int update = logEvery; update <= updates; update += logEvery) {
            double t = (double) update / updates;
            double noise = Math.exp(0.07 * rng.nextGaussian());
            double loss = (0.32 + 1.9 * Math.exp(-t * 9) - 0.06 * t) * noise;
            double rate = 1e-3 * Math.min(1, t / 0.05) * 0.5 * (1 + Math.cos(Math.PI * Math.max(0, t - 0.05) / 0.95));
            double start = Math.exp(-t * 14);
            rows.add(new MetricRow(
                    update,
                    update * 64 / 50_000,
                    update * 0.3,
                    List.of(
                            new Metric(
                                    "images_per_second", 213 + 6 * rng.nextGaussian() - (update % 3000 == 0 ? 80 : 0)),
                            new Metric("loss", loss),
                            new Metric("loss/regression", loss * 0.86),
                            new Metric("loss/cls", loss * 0.14 * noise),
                            new Metric("optimizer/learning_rate", rate),
                            new Metric(
                                    "optimizer/gradient_norm", (0.4 + 30 * start) * Math.exp(0.4 * rng.nextGaussian())),
                            new Metric("teacher/decay", Math.min(0.9999, 0.998 + 0.0019 * t / 0.6)),
                            new Metric("mask/ratio", 0.8 + 0.004 * rng.nextGaussian()),
                            new Metric("target/variance", 0.45 + 0.4 * start + 0.01 * rng.nextGaussian()),
                            new Metric("prediction/variance", 0.38 * (1 - start) + 0.012 * rng.nextGaussian()),
                            new Metric("target/std", 0.66 + 0.2 * start + 0.006 * rng.nextGaussian()),
                            new Metric("prediction/std", 0.6 * (1 - start) + 0.008 * rng.nextGaussian()),
                            new Metric("health/effective_rank", 12 + 70 * (1 - start) + rng.nextGaussian()))));
            if (update % 1000 == 0) {
                double knn = 0.34 + 0.38 * (1 - Math.exp(-t * 4)) + 0.006 * rng.nextGaussian();
                rows.add(new MetricRow(
                        update,
                        0,
                        update * 0.3,
                        List.of(new Metric("eval/knn", 100 * knn), new Metric("eval/probe", 100 * knn + 4.5))));
            }
        }
        return new MetricHistory(rows);
    }

    /** A shape of the class on a ground of two colours, 32 by 32. */
    static Picture picture(int shape, long seed) {
        Rng rng = Rng.of(seed, shape);
        double[] near = {rng.nextDouble(120, 255), rng.nextDouble(80, 230), rng.nextDouble(60, 200)};
        double[] far = {rng.nextDouble(0, 90), rng.nextDouble(20, 120), rng.nextDouble(60, 160)};
        double cx = rng.nextDouble(12, 20);
        double cy = rng.nextDouble(12, 20);
        byte[] rgb = new byte[3 * 32 * 32];
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                double r = Math.hypot(x - cx, y - cy);
                boolean inside = switch (shape) {
                    case 0 -> r > 6 && r < 10;
                    case 1 -> r < 8;
                    case 2 -> Math.floorMod((int) (x + y + cx), 10) < 5;
                    default -> Math.abs(x - cx) < 3 || Math.abs(y - cy) < 3;
                };
                for (int c = 0; c < 3; c++) {
                    double value = (inside ? near[c] : far[c] + y) + 6 * rng.nextGaussian();
                    rgb[3 * (32 * y + x) + c] = (byte) Math.max(0, Math.min(255, value));
                }
            }
        }
        return new Picture(32, 32, rgb);
    }

    private static MaskFigure maskFigure(int shape) {
        List<boolean[]> clones = new ArrayList<>();
        for (int clone = 0; clone < 7; clone++) { // inverse blocks: two windows of the grid stay visible
            Rng rng = Rng.of(3, shape, clone);
            boolean[] mask = new boolean[64];
            Arrays.fill(mask, true);
            for (int block = 0; block < 2; block++) {
                int top = rng.nextInt(6);
                int left = rng.nextInt(6);
                for (int i = 0; i < 9; i++) {
                    mask[(top + i / 3) * 8 + left + i % 3] = false;
                }
            }
            clones.add(mask);
        }
        return new MaskFigure(picture(shape, 40), 8, 8, clones);
    }

    private static NeighbourFigure neighbourFigure(int shape) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int other = (i == 5 && shape > 0) || i == 7 ? (shape + 1) % 4 : shape;
            neighbours.add(new Neighbour(picture(other, 100 + i), CLASSES.get(other), 0.97 - 0.03 * i, other == shape));
        }
        return new NeighbourFigure(picture(shape, 99), CLASSES.get(shape), neighbours);
    }
}
