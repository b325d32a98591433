package org.data2vec4j.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.Loader;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.model.method.TrainableModel;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.train.checkpoint.CheckpointState;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.distributed.Agreement;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.RunStart;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;
import org.data2vec4j.train.optimizer.AdamW;
import org.data2vec4j.train.record.MetricsFile;
import org.jspecify.annotations.Nullable;

/** The loop around {@link TrainStep}: data, checkpoints, evaluation, listeners, and stopping when asked. */
public final class Trainer {
    private final TrainableModel model;
    private final AdamW optimiser;
    private final TrainStep step;
    private final Function<LoaderPosition, ? extends Loader<? extends Batch>> loaders;
    private final Plan plan;
    private final Checkpoints checkpoints;
    private final Supplier<List<Metric>> evaluation;
    private final TrainListener listener;
    private final ProcessGroup group;
    private double elapsed;

    /**
     * What the loop follows.
     *
     * @param run the run directory
     * @param train the loop's settings
     * @param checkpointEvery updates between checkpoints
     * @param evaluateEvery updates between evaluations; 0 for one at the end
     * @param state what every checkpoint says of the run; its numbers are replaced by the current ones
     */
    public record Plan(Path run, TrainConfig train, long checkpointEvery, long evaluateEvery, CheckpointState state) {}

    /** How a run ended: all updates made, or stopped before. */
    public record End(long update, boolean finished) {}

    /** A trainer; {@code loaders} opens the data at a position, {@code evaluation} measures the model as it is. */
    public Trainer(
            TrainableModel model,
            AdamW optimiser,
            TrainStep step,
            Function<LoaderPosition, ? extends Loader<? extends Batch>> loaders,
            Plan plan,
            Checkpoints checkpoints,
            Supplier<List<Metric>> evaluation,
            TrainListener listener) {
        this(model, optimiser, step, loaders, plan, checkpoints, evaluation, listener, ProcessGroup.single());
    }

    /** A trainer of one of several processes, of which the first one writes, measures and tells. */
    public Trainer(
            TrainableModel model,
            AdamW optimiser,
            TrainStep step,
            Function<LoaderPosition, ? extends Loader<? extends Batch>> loaders,
            Plan plan,
            Checkpoints checkpoints,
            Supplier<List<Metric>> evaluation,
            TrainListener listener,
            ProcessGroup group) {
        this.group = group;
        this.model = model;
        this.optimiser = optimiser;
        this.step = step;
        this.loaders = loaders;
        this.plan = plan;
        this.checkpoints = checkpoints;
        this.evaluation = evaluation;
        this.listener = listener;
    }

    /**
     * Trains to the last update, from the newest checkpoint if there is one. An evaluation that was due there and is not in the run's
     * metrics is made up for.
     *
     * @param resume the checkpoint to go on from, or null to begin
     * @param stop asked after every update; when true, a checkpoint is written and training ends
     */
    public End run(Checkpoints.@Nullable Saved resume, BooleanSupplier stop) {
        long update = 0;
        LoaderPosition position = LoaderPosition.START;
        if (resume != null) {
            try (Scope scope = Scope.open()) {
                Checkpoints.load(resume, sets());
            }
            update = resume.state().update();
            position = resume.state().loader();
            elapsed = resume.state().elapsed();
            optimiser.resumeAt(resume.state().optimiserStep());
        }
        Agreement.check(group, model.weights(), update);
        long updates = plan.train().updates();
        listener.onStart(new RunStart(plan.run(), update, updates));
        model.train(true);
        if (update > 0 && isDue(update) && !MetricsFile.hasEvaluation(plan.run().resolve(MetricsFile.NAME), update)) {
            evaluate(update); // the one that was interrupted
        }
        if (update >= updates) {
            return new End(update, true);
        }
        long saved = update;
        boolean stopped = false;
        try (Loader<? extends Batch> loader = loaders.apply(position)) {
            while (update < updates && !stopped) {
                List<Batch> batches = makeUpdate(loader, update++);
                position = batches.get(batches.size() - 1).next();
                stopped = group.anyRank(stop.getAsBoolean());
                if (update % plan.checkpointEvery() == 0 || update == updates || stopped) {
                    save(update, position);
                    saved = update;
                }
                if (!stopped && isDue(update)) {
                    evaluate(update);
                }
            }
        }
        return new End(saved, saved >= updates);
    }

    private List<Batch> makeUpdate(Loader<? extends Batch> loader, long update) {
        long start = System.nanoTime();
        TrainConfig train = plan.train();
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < train.accumulate(); i++) {
            batches.add(loader.next());
        }
        boolean observe = update % train.diagnoseEvery() == 0 || update == train.updates() - 1;
        StepReport report = step.run(batches, update, observe);
        double seconds = (System.nanoTime() - start) / 1e9;
        elapsed += seconds;
        boolean log = observe || (update + 1) % train.logEvery() == 0;
        listener.onUpdate(new UpdateReport(
                update + 1,
                train.updates(),
                batches.get(0).next().epoch(),
                report.samples(),
                seconds,
                elapsed,
                log ? report.metrics() : List.of()));
        return batches;
    }

    private boolean isDue(long update) {
        return update == plan.train().updates() || (plan.evaluateEvery() > 0 && update % plan.evaluateEvery() == 0);
    }

    private void evaluate(long update) {
        if (!group.isRankZero()) {
            return;
        }
        group.keepAlive(() -> {
            measure(update);
            return Boolean.TRUE;
        });
    }

    private void measure(long update) {
        model.train(false);
        try (Scope scope = Scope.open()) {
            List<Metric> metrics = evaluation.get();
            if (!metrics.isEmpty()) {
                listener.onEvaluation(update, elapsed, metrics);
            }
        } finally {
            model.train(true);
        }
    }

    private void save(long update, LoaderPosition position) {
        Agreement.check(group, model.weights(), update);
        if (group.isRankZero()) {
            group.keepAlive(() -> write(update, position));
        }
    }

    private Path write(long update, LoaderPosition position) {
        CheckpointState state = plan.state();
        try (Scope scope = Scope.open()) { // the views that are written
            return checkpoints.write(
                    new CheckpointState(
                            state.format(),
                            update,
                            position,
                            elapsed,
                            optimiser.step(),
                            state.seed(),
                            state.precision(),
                            state.dataFingerprint(),
                            state.libraryVersion(),
                            state.nativeVersion()),
                    sets());
        }
    }

    private Map<String, Map<String, Tensor>> sets() {
        return sets(model, optimiser);
    }

    /** All tensors of a run by the file that a checkpoint keeps them in; views, in the scope open now. */
    public static Map<String, Map<String, Tensor>> sets(TrainableModel model, AdamW optimiser) {
        Map<String, Map<String, Tensor>> sets = new LinkedHashMap<>();
        sets.put("student", values(model.weights()));
        model.frozenWeights().forEach((name, weights) -> sets.put(name, values(weights)));
        sets.put("optimiser", optimiser.state());
        return sets;
    }

    private static Map<String, Tensor> values(Weights weights) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (Map.Entry<String, Parameter> entry : weights.parameters().entrySet()) {
            values.put(entry.getKey(), entry.getValue().value());
        }
        return values;
    }
}
