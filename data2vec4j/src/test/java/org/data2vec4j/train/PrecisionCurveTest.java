package org.data2vec4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200 updates with bfloat16 products lose what 200 with float32 products do, update by update and on average. */
class PrecisionCurveTest {
    private static final int UPDATES = 200;
    private static final int WINDOW = 50;

    @TempDir
    Path folder;

    private List<Double> losses(Precision precision, long seed) {
        List<Double> losses = new ArrayList<>();
        TrainListener listener = new TrainListener() {
            @Override
            public void onUpdate(UpdateReport report) {
                report.metrics().stream()
                        .filter(metric -> metric.name().equals("loss"))
                        .mapToDouble(Metric::value)
                        .forEach(losses::add);
            }
        };
        new TinyRun(folder.resolve(precision + "-" + seed))
                .updates(UPDATES)
                .checkpoints(UPDATES, 1)
                .diagnoseEvery(UPDATES)
                .evaluator(Evaluator.NONE)
                .precision(precision)
                .seed(seed)
                .run(() -> false, listener);
        return losses;
    }

    private static double mean(List<Double> losses, int from) {
        return losses.subList(from, from + WINDOW).stream()
                .mapToDouble(x -> x)
                .average()
                .orElseThrow();
    }

    @Test
    void theCurvesAreTheSameUpToRounding() {
        List<Double> single = losses(Precision.FP32, 11);
        List<Double> brain = losses(Precision.BF16, 11);
        List<Double> other = losses(Precision.FP32, 12);
        assertThat(single).hasSize(UPDATES);
        assertThat(brain).isNotEqualTo(single);
        double apart = 0;
        double noise = 0;
        for (int i = 0; i < UPDATES; i++) {
            apart += Math.abs(brain.get(i) - single.get(i)) / UPDATES;
            noise += Math.abs(other.get(i) - single.get(i)) / UPDATES;
        }
        assertThat(apart).as("apart by precision, beside by seed: %s", noise).isLessThan(noise / 4);
        for (int from = 0; from < UPDATES; from += WINDOW) {
            double expected = mean(single, from);
            assertThat(mean(brain, from)).as("from update %s", from).isCloseTo(expected, within(0.02 * expected));
        }
    }
}
