package org.data2vec4j.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.train.listener.Metric;

/** The losses of an update's micro-batches as numbers: sums of each term, over all counts together, of all processes in the end. */
final class Losses {
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private List<Diagnostic> monitors = List.of();
    private long unit;
    private long count;
    private long samples;

    /**
     * No losses yet.
     *
     * @param unit what sums are divided by before they are back-propagated; 0 for the first micro-batch's count
     */
    Losses(long unit) {
        this.unit = unit;
    }

    /**
     * Adds a micro-batch; waits for the device.
     *
     * @param whole the count of the batch that it is a share of
     * @param size its samples; 0 if it is a stand-in, which counts for nothing
     */
    void add(StepResult result, long whole, int size) {
        for (LossTerm term : result.losses()) {
            sums.merge(term.name(), size == 0 ? 0 : result.sum(term, whole).item(), Double::sum);
        }
        unit = unit == 0 ? result.count() : unit;
        count += size == 0 ? 0 : result.count();
        samples += size;
        monitors = monitors.isEmpty() ? result.monitors() : monitors;
    }

    /** The numbers of this process's share, which are to be added up over all processes. */
    double[] shares() {
        return DoubleStream.concat(
                        sums.values().stream().mapToDouble(Double::doubleValue),
                        DoubleStream.of((double) count, (double) samples))
                .toArray();
    }

    /** Makes these the losses of all processes. */
    void become(double[] shares) {
        int i = 0;
        for (Map.Entry<String, Double> sum : sums.entrySet()) {
            sum.setValue(shares[i++]);
        }
        count = Math.round(shares[i]);
        samples = Math.round(shares[i + 1]);
    }

    /** What sums are divided by before they are back-propagated: with one process, the first micro-batch's count. */
    long unit() {
        return unit;
    }

    /** What gradients of sums over the unit are to be multiplied by; exactly 1 for a single micro-batch of one process. */
    double gradientScale() {
        return (double) unit / count;
    }

    /** The loss: all terms' sums over all counts. */
    double total() {
        return sums.values().stream().mapToDouble(sum -> sum / count).sum();
    }

    /** The first micro-batch's monitors. */
    List<Diagnostic> monitors() {
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
        return new StepReport(total(), (int) samples, List.copyOf(metrics));
    }
}
