package org.data2vec4j.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.Monitor;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.train.listener.Metric;

/** The losses of an update's micro-batches as numbers: sums of each term, over all counts together. */
final class Losses {
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private List<Monitor> monitors = List.of();
    private long firstCount;
    private long count;

    /** Adds a micro-batch; waits for the device. */
    void add(StepResult result) {
        for (LossTerm term : result.losses()) {
            sums.merge(term.name(), term.sum().item(), Double::sum);
        }
        firstCount = firstCount == 0 ? result.count() : firstCount;
        count += result.count();
        monitors = monitors.isEmpty() ? result.monitors() : monitors;
    }

    /** The first micro-batch's count. */
    long firstCount() {
        return firstCount;
    }

    /** What gradients of sums over the first count are to be multiplied by; exactly 1 for a single micro-batch. */
    double gradientScale() {
        return (double) firstCount / count;
    }

    /** The loss: all terms' sums over all counts. */
    double total() {
        return sums.values().stream().mapToDouble(sum -> sum / count).sum();
    }

    /** The first micro-batch's monitors. */
    List<Monitor> monitors() {
        return monitors;
    }

    StepReport report(double norm, double rate, double decay) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Metric("loss", total()));
        sums.forEach((name, sum) -> metrics.add(new Metric("loss/" + name, sum / count)));
        metrics.add(new Metric("optimiser/gradient_norm", norm));
        metrics.add(new Metric("optimiser/learning_rate", rate));
        if (!Double.isNaN(decay)) {
            metrics.add(new Metric("optimiser/teacher_decay", decay));
        }
        monitors.forEach(monitor -> metrics.add(new Metric(monitor.name(), monitor.value())));
        return new StepReport(total(), List.copyOf(metrics));
    }
}
