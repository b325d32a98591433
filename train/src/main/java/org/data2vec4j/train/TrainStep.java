package org.data2vec4j.train;

import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Batch;
import org.data2vec4j.model.method.SslMethod;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.modality.Input;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.guard.CollapseGuard;
import org.data2vec4j.train.optimiser.AdamW;
import org.data2vec4j.train.schedule.Schedule;

/**
 * One optimiser update: batch to device, forward and backward per micro-batch, clip, optimiser, teacher. All its memory is freed
 * when it returns or throws; the weights are touched only after loss and gradient were found finite.
 */
public final class TrainStep {
    private static final long STEP_PURPOSE = 0x57E9;

    private final SslMethod method;
    private final Inputs inputs;
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
            Inputs inputs,
            AdamW optimiser,
            Schedule schedule,
            CollapseGuard guard,
            Settings settings,
            PhaseClock clock) {
        this.method = method;
        this.inputs = inputs;
        this.optimiser = optimiser;
        this.schedule = schedule;
        this.guard = guard;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes update number {@code update} (0-based). The gradient is that of all micro-batches' losses over all their counts, as if
     * they were one batch, however different their sizes.
     *
     * @param batches its micro-batches
     * @param observe whether to measure health
     */
    public StepReport run(List<? extends Batch> batches, long update, boolean observe) {
        try (Scope step = Scope.open()) {
            clock.start();
            Tensors.seed(Rng.of(settings.seed(), STEP_PURPOSE, update).nextLong());
            method.weights().gradients().zero_();
            Losses losses = new Losses();
            for (Batch batch : batches) {
                forwardBackward(batch, update, observe, losses);
            }

            double norm = method.weights().gradients().norm().item() * losses.gradientScale();
            guard.checkFinite(update, losses.total(), norm);
            double clipping = settings.clip() > 0 && norm > settings.clip() ? settings.clip() / norm : 1;
            clock.end("clip");

            double rate = optimiser.peakRate() * schedule.factor(update, settings.updates());
            optimiser.update(rate, clipping * losses.gradientScale(), group -> method.rateFactor(group, update));
            clock.end("optimiser");

            double decay = method.afterUpdate(update);
            clock.end("teacher moves");

            guard.checkHealth(update, losses.monitors());
            return losses.report(norm, rate, decay);
        }
    }

    /** Adds a micro-batch's gradient, scaled by the first one's count, which is made good when all counts are known. */
    private void forwardBackward(Batch batch, long update, boolean observe, Losses losses) {
        try (Scope pass = Scope.open()) {
            Input input = inputs.of(batch, settings.device());
            clock.end("batch to device");
            StepResult result = Autocast.with(settings.products(), () -> method.forward(input, update, observe));
            clock.end("forward");
            losses.add(result);
            result.total().mul(1.0 / losses.firstCount()).backward();
            clock.end("backward");
        }
    }
}
