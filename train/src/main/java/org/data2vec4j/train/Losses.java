package org.data2vec4j.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.train.listener.Metric;

/** The losses of an update as numbers: the sum of each term over micro-batches and, in the end, processes, and the count of all. */
final class Losses {
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private final Counts counts;
    private List<Diagnostic> diagnostics = List.of();

    /** No losses yet. */
    Losses(Counts counts) {
        this.counts = counts;
    }

    /**
     * Adds a micro-batch; waits for the device.
     *
     * @param contributes false for the pass over a placeholder, which counts for nothing
     */
    void add(StepResult result, boolean contributes) {
        for (LossTerm term : result.losses()) {
            sums.merge(term.name(), contributes ? term.sum().item() : 0, Double::sum);
        }
        diagnostics = diagnostics.isEmpty() ? result.diagnostics() : diagnostics;
    }

    /** The sums of this process's shares, term by term. */
    double[] sums() {
        return sums.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Replaces the sums by those over all processes. */
    void replace(double[] all) {
        int i = 0;
        for (Map.Entry<String, Double> sum : sums.entrySet()) {
            sum.setValue(all[i++]);
        }
    }

    /** The loss: all terms' sums over the count. */
    double total() {
        return sums.values().stream().mapToDouble(sum -> sum / counts.total()).sum();
    }

    /** The first micro-batch's diagnostics. */
    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    StepReport report(double norm, double rate, OptionalDouble decay) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Metric("loss", total()));
        sums.forEach((name, sum) -> metrics.add(new Metric("loss/" + name, sum / counts.total())));
        metrics.add(new Metric("optimizer/gradient_norm", norm));
        metrics.add(new Metric("optimizer/learning_rate", rate));
        decay.ifPresent(value -> metrics.add(new Metric("optimizer/teacher_decay", value)));
        diagnostics.forEach(diagnostic -> metrics.add(new Metric(diagnostic.name(), diagnostic.value())));
        return new StepReport(total(), (int) counts.samples(), List.copyOf(metrics));
    }
}
