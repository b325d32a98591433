package org.data2vec4j.train;

import java.util.List;
import java.util.function.Supplier;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Batch;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.train.distributed.GradientReducer;
import org.data2vec4j.train.guard.CollapseGuard;
import org.data2vec4j.train.optimizer.AdamW;
import org.data2vec4j.train.schedule.Schedule;

/**
 * One optimiser update: batch to device, forward and backward per micro-batch, clip, optimiser, teacher. All its memory is freed
 * when it returns or throws; the weights are touched only after loss and gradient were found finite. Several processes make the
 * update that one would make of all their shares.
 */
public final class TrainStep {
    private static final long STEP_PURPOSE = 0x57E9;

    /** A number that every process knows without asking; as a power of two, it rounds nothing. */
    private static final long SHARED_UNIT = 1024;

    private final PretrainingMethod method;
    private final BatchConverter inputs;
    private final AdamW optimiser;
    private final Schedule schedule;
    private final CollapseGuard guard;
    private final Settings settings;
    private final PhaseClock clock;
    private final GradientReducer exchange;

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
            PretrainingMethod method,
            BatchConverter inputs,
            AdamW optimiser,
            Schedule schedule,
            CollapseGuard guard,
            Settings settings,
            PhaseClock clock) {
        this(method, inputs, optimiser, schedule, guard, settings, clock, GradientReducer.NONE);
    }

    /** The same by several processes. */
    public TrainStep(
            PretrainingMethod method,
            BatchConverter inputs,
            AdamW optimiser,
            Schedule schedule,
            CollapseGuard guard,
            Settings settings,
            PhaseClock clock,
            GradientReducer exchange) {
        this.exchange = exchange;
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
            Tensors.seed(seed(update));
            method.weights().gradients().zero_();
            Losses losses = new Losses(exchange.group().size() == 1 ? 0 : SHARED_UNIT);
            for (int i = 0; i < batches.size(); i++) {
                boolean last = i == batches.size() - 1;
                forwardBackward(batches.get(i), update, observe, last, losses);
            }
            meet(losses);

            double norm =
                    exchange.group().first(method.weights().gradients().norm().item()) * losses.gradientScale();
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

    /** Makes gradients and losses sums over all processes. */
    private void meet(Losses losses) {
        if (exchange.group().size() > 1) {
            exchange.beginRest();
            Supplier<double[]> sums = exchange.group().startSums(losses.shares());
            exchange.finish();
            losses.become(sums.get());
            clock.end("processes meet");
        }
    }

    /** Keys what is not keyed by sample, dropout above all: the processes' shares drop independently. */
    private long seed(long update) {
        int rank = exchange.group().rank();
        return rank == 0
                ? Rng.of(settings.seed(), STEP_PURPOSE, update).nextLong()
                : Rng.of(settings.seed(), STEP_PURPOSE, update, rank).nextLong();
    }

    /** Adds a micro-batch's gradient, scaled by one unit for all of them, which is made good when all counts are known. */
    private void forwardBackward(Batch batch, long update, boolean observe, boolean last, Losses losses) {
        ProcessGroup group = exchange.group();
        boolean counts = batch.size() > 0;
        try (Scope pass = Scope.open()) {
            Input input = counts ? inputs.of(batch, settings.device()) : inputs.standIn(settings.device());
            clock.end("batch to device");
            StepResult result = BatchStatistics.with(
                    group,
                    counts,
                    () -> Autocast.with(settings.products(), () -> method.forward(input, update, observe)));
            clock.end("forward");
            long whole = group.size() > 1 && result.weighed()
                    ? Math.round(group.sums(counts ? (double) result.count() : 0)[0])
                    : result.count();
            losses.add(result, whole, batch.size());
            if (last) {
                exchange.arm();
            }
            result.total(whole).mul(counts ? 1.0 / losses.unit() : 0).backward();
            clock.end("backward");
        }
    }
}
