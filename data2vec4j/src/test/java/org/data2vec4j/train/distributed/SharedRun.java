package org.data2vec4j.train.distributed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.distributed.GlooGroup;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.tensor.distributed.Rendezvous;
import org.data2vec4j.train.Evaluator;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;
import org.data2vec4j.train.loop.PretrainSession;
import org.data2vec4j.train.run.PretrainConfig;

/** Runs by several ranks, here threads of one process that share nothing but its memory: they meet and reduce as processes do. */
final class SharedRun {
    private SharedRun() {}

    /** What a rank has of a run. */
    record Outcome(
            List<Map<String, Double>> metrics,
            List<Integer> samples,
            Map<String, float[]> student,
            Map<String, float[]> teacher,
            int buckets,
            Trainer.End end) {}

    /** The same recipe with another loop. */
    static PretrainConfig with(PretrainConfig config, TrainConfig train, Path run) {
        return new PretrainConfig(
                config.seed(),
                config.precision(),
                config.device(),
                config.data(),
                run.toString(),
                config.modality(),
                config.model(),
                config.method(),
                config.optimizer(),
                config.schedule(),
                train,
                config.checkpoint(),
                config.guard(),
                config.evaluate());
    }

    /** Trains by so many ranks; what each has in the end, by rank. */
    static List<Outcome> run(PretrainConfig config, int world, IntFunction<BooleanSupplier> stops) throws Exception {
        if (world == 1) {
            return List.of(train(config, ProcessGroup.single(), stops.apply(0)));
        }
        return together(world, Duration.ofSeconds(60), group -> train(config, group, stops.apply(group.rank())));
    }

    static List<Outcome> run(PretrainConfig config, int world) throws Exception {
        return run(config, world, rank -> () -> false);
    }

    /** What a rank does. */
    interface Work<T> {
        T in(ProcessGroup group) throws Exception;
    }

    /** The work's results by rank; the first failure is thrown. */
    static <T> List<T> together(int world, Duration timeout, Work<T> work) throws Exception {
        int port = Rendezvous.freePort("127.0.0.1");
        ExecutorService ranks = Executors.newFixedThreadPool(world);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int rank = 0; rank < world; rank++) {
                Rendezvous where = new Rendezvous(rank, world, rank, world, "127.0.0.1", port, timeout);
                calls.add(() -> {
                    try (ProcessGroup group = GlooGroup.meet(where)) {
                        return work.in(group);
                    }
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : ranks.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            ranks.shutdownNow();
        }
    }

    private static Outcome train(PretrainConfig config, ProcessGroup group, BooleanSupplier stop) {
        List<Map<String, Double>> metrics = new ArrayList<>();
        List<Integer> samples = new ArrayList<>();
        TrainListener listener = new TrainListener() {
            @Override
            public void onUpdate(UpdateReport report) {
                Map<String, Double> values = new LinkedHashMap<>();
                for (Metric metric : report.metrics()) {
                    values.put(metric.name(), metric.value());
                }
                metrics.add(values);
                samples.add(report.samples());
            }
        };
        Dataset feed = open(config, group);
        try (feed;
                PretrainSession training = new PretrainSession(config, group)) {
            training.checkResume(feed);
            Trainer.End end = training.run(feed, "test", Evaluator.NONE, listener, stop, warning -> {});
            Weights teacher = training.method().frozenWeights().get("teacher");
            return new Outcome(
                    metrics,
                    samples,
                    values(training.method().weights()),
                    teacher == null ? Map.of() : values(teacher),
                    training.exchange().buckets(),
                    end);
        }
    }

    private static Dataset open(PretrainConfig config, ProcessGroup group) {
        if (!group.isRankZero()) {
            group.barrier(); // what is made of the data once is made by the first
        }
        Dataset feed = config.modality().open(config.data(), config.context(message -> {}));
        if (group.isRankZero()) {
            group.barrier();
        }
        return feed;
    }

    private static Map<String, float[]> values(Weights weights) {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            for (Map.Entry<String, Parameter> entry : weights.parameters().entrySet()) {
                values.put(entry.getKey(), entry.getValue().value().toFloats());
            }
        }
        return values;
    }
}
