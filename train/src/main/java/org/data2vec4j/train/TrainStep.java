package org.data2vec4j.train;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.image.ImageBatch;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.Monitor;
import org.data2vec4j.model.method.SslMethod;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.modality.Input;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.guard.CollapseGuard;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.optimiser.AdamW;
import org.data2vec4j.train.schedule.Schedule;

/**
 * One optimiser update: batch to device, forward and backward per micro-batch, clip, optimiser, teacher. All its memory is freed
 * when it returns or throws; the weights are touched only after loss and gradient were found finite.
 */
public final class TrainStep {
    private static final long STEP_PURPOSE = 0x57E9;

    private final SslMethod method;
    private final AdamW optimiser;
    private final Schedule schedule;
    private final CollapseGuard guard;
    private final Settings settings;
    private final PhaseClock clock;

    /**
     * What does not change from update to update.
     *
     * @param updates updates in the whole run, for the schedule
     * @param clip largest gradient norm; 0 for no limit
     * @param products element type of products
     */
    public record Settings(long updates, double clip, DType products, Device device, long seed) {}

    /** A step over these parts; {@code clock} is told when each phase ends. */
    public TrainStep(
            SslMethod method,
            AdamW optimiser,
            Schedule schedule,
            CollapseGuard guard,
            Settings settings,
            PhaseClock clock) {
        this.method = method;
        this.optimiser = optimiser;
        this.schedule = schedule;
        this.guard = guard;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes update number {@code update} (0-based).
     *
     * @param batches its micro-batches
     * @param observe whether to measure health
     */
    public StepReport run(List<ImageBatch> batches, long update, boolean observe) {
        try (Scope step = Scope.open()) {
            clock.start();
            Tensors.seed(Rng.of(settings.seed(), STEP_PURPOSE, update).nextLong());
            method.weights().gradients().zero_();
            Losses losses = new Losses();
            for (ImageBatch batch : batches) {
                losses.add(forwardBackward(batch, update, observe, batches.size()));
            }

            double norm = method.weights().gradients().norm().item();
            guard.checkFinite(update, losses.total(), norm);
            double scale = settings.clip() > 0 && norm > settings.clip() ? settings.clip() / norm : 1;
            clock.end("clip");

            double rate = optimiser.peakRate() * schedule.factor(update, settings.updates());
            optimiser.update(rate, scale, group -> method.rateFactor(group, update));
            clock.end("optimiser");

            double decay = method.afterUpdate(update);
            clock.end("teacher moves");

            guard.checkHealth(update, losses.monitors);
            return losses.report(norm, rate, decay);
        }
    }

    private Part forwardBackward(ImageBatch batch, long update, boolean observe, int parts) {
        try (Scope pass = Scope.open()) {
            Input input = new Input(
                    Tensors.of(batch.pixels(), batch.size(), batch.channels(), batch.height(), batch.width())
                            .to(settings.device()),
                    batch.ids());
            clock.end("batch to device");
            StepResult result = Autocast.with(settings.products(), () -> method.forward(input, update, observe));
            clock.end("forward");
            result.loss().mul(1.0 / parts).backward();
            clock.end("backward");
            List<Metric> terms = new ArrayList<>();
            for (LossTerm term : result.losses()) {
                terms.add(new Metric("loss/" + term.name(), term.sum().item() / result.count() / parts));
            }
            return new Part(terms, result.monitors());
        }
    }

    private record Part(List<Metric> terms, List<Monitor> monitors) {}

    /** Sums of the terms over micro-batches, and the first one's monitors. */
    private static final class Losses {
        private final List<Metric> terms = new ArrayList<>();
        private List<Monitor> monitors = List.of();

        void add(Part part) {
            for (int i = 0; i < part.terms().size(); i++) {
                Metric term = part.terms().get(i);
                if (i == terms.size()) {
                    terms.add(term);
                } else {
                    terms.set(i, new Metric(term.name(), terms.get(i).value() + term.value()));
                }
            }
            monitors = monitors.isEmpty() ? part.monitors() : monitors;
        }

        double total() {
            return terms.stream().mapToDouble(Metric::value).sum();
        }

        StepReport report(double norm, double rate, double decay) {
            List<Metric> metrics = new ArrayList<>();
            metrics.add(new Metric("loss", total()));
            metrics.addAll(terms);
            metrics.add(new Metric("optimiser/gradient_norm", norm));
            metrics.add(new Metric("optimiser/learning_rate", rate));
            if (!Double.isNaN(decay)) {
                metrics.add(new Metric("optimiser/teacher_decay", decay));
            }
            monitors.forEach(monitor -> metrics.add(new Metric(monitor.name(), monitor.value())));
            return new StepReport(total(), List.copyOf(metrics));
        }
    }
}
