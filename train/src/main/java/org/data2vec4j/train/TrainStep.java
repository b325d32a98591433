package org.data2vec4j.train;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Batch;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.method.DrawnBatch;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.method.TrainableModel;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.train.distributed.GradientReducer;
import org.data2vec4j.train.guard.CollapseGuard;
import org.data2vec4j.train.optimizer.AdamW;
import org.data2vec4j.train.schedule.Schedule;

/**
 * One optimiser update: draw → count → forward → backward → clip → optimiser → teacher. Masks are drawn on the host first, and their
 * counts are added up over micro-batches and processes, so that every loss is its sum over the count of the whole update. All memory
 * is freed when the update returns or throws; the weights are touched only after loss and gradient were found finite. Several
 * processes make the update that one would make of all their shares.
 */
public final class TrainStep {
    private static final long STEP_PURPOSE = 0x57E9;

    private final TrainableModel model;
    private final BatchConverter inputs;
    private final AdamW optimiser;
    private final Schedule schedule;
    private final CollapseGuard guard;
    private final Settings settings;
    private final PhaseClock clock;
    private final GradientReducer reducer;

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
            TrainableModel model,
            BatchConverter inputs,
            AdamW optimiser,
            Schedule schedule,
            CollapseGuard guard,
            Settings settings,
            PhaseClock clock) {
        this(model, inputs, optimiser, schedule, guard, settings, clock, GradientReducer.NONE);
    }

    /** A step of one of several processes; {@code reducer} adds their gradients up. */
    public TrainStep(
            TrainableModel model,
            BatchConverter inputs,
            AdamW optimiser,
            Schedule schedule,
            CollapseGuard guard,
            Settings settings,
            PhaseClock clock,
            GradientReducer reducer) {
        this.reducer = reducer;
        this.model = model;
        this.inputs = inputs;
        this.optimiser = optimiser;
        this.schedule = schedule;
        this.guard = guard;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes update number {@code update} (0-based): draw, count, forward and backward per micro-batch, clip, optimiser, teacher. The
     * gradient is that of all micro-batches' losses over the count of all of them, as if they were one batch, however different
     * their sizes.
     *
     * @param batches its micro-batches, all of which are on the device at once
     * @param diagnose whether to measure diagnostics
     */
    public StepReport run(List<? extends Batch> batches, long update, boolean diagnose) {
        try (Scope step = Scope.open()) {
            clock.start();
            Tensors.seed(seed(update));
            model.weights().gradients().zero_();
            List<DrawnBatch> drawn =
                    batches.stream().map(batch -> draw(batch, update)).toList();
            Counts counts = Counts.over(reducer.group(), batches, drawn);
            clock.end("batch to device");

            Losses losses = new Losses(counts);
            for (int i = 0; i < drawn.size(); i++) {
                if (i == drawn.size() - 1) {
                    reducer.prepare();
                }
                forwardBackward(drawn.get(i), counts.context(i, update, diagnose), counts.contributes(i), losses);
            }
            reduce(losses);

            double norm = reducer.group()
                    .fromRankZero(model.weights().gradients().norm().item());
            guard.checkFinite(update, losses.total(), norm);
            double clipping = settings.clip() > 0 && norm > settings.clip() ? settings.clip() / norm : 1;
            clock.end("clip");

            double rate = optimiser.peakRate() * schedule.factor(update, settings.updates());
            optimiser.update(rate, clipping, group -> model.rateFactor(group, update));
            clock.end("optimiser");

            OptionalDouble decay = model.afterUpdate(update);
            clock.end("teacher moves");

            guard.checkHealth(update, losses.diagnostics());
            return losses.report(norm, rate, decay);
        }
    }

    /** The batch on the device, its random choices made; a process without a sample draws on a placeholder. */
    private DrawnBatch draw(Batch batch, long update) {
        Input input =
                batch.size() > 0 ? inputs.convert(batch, settings.device()) : inputs.placeholder(settings.device());
        return model.draw(input, update);
    }

    /** Adds a micro-batch's share of the update's gradient. */
    private void forwardBackward(DrawnBatch drawn, StepContext context, boolean contributes, Losses losses) {
        try (Scope pass = Scope.open()) {
            StepResult result = Autocast.with(settings.products(), () -> drawn.forward(context));
            clock.end("forward");
            losses.add(result, contributes);
            result.total().mul(contributes ? 1.0 / context.normalizer() : 0).backward();
            clock.end("backward");
        }
    }

    /** Makes gradients and losses sums over all processes. */
    private void reduce(Losses losses) {
        if (reducer.group().size() > 1) {
            reducer.flush();
            Supplier<double[]> sums = reducer.group().startAllReduceSums(losses.sums());
            reducer.await();
            losses.replace(sums.get());
            clock.end("processes meet");
        }
    }

    /** Keys what is not keyed by sample, dropout above all: the processes' shares drop independently. */
    private long seed(long update) {
        int rank = reducer.group().rank();
        return rank == 0
                ? Rng.of(settings.seed(), STEP_PURPOSE, update).nextLong()
                : Rng.of(settings.seed(), STEP_PURPOSE, update, rank).nextLong();
    }
}
