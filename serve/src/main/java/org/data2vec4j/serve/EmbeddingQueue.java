package org.data2vec4j.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.VectorBatch;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Embeds samples of many callers together. Each worker takes what waits, gives the first sample a few milliseconds for others to come,
 * decodes and computes, with one thread of the model; as many workers as processors keep all of them busy. A sample that cannot be used
 * fails alone. What does not fit into the queue is refused at once.
 */
final class EmbeddingQueue implements AutoCloseable {
    /** A sample and the promise of its vector; without a sample, the worker's last task. */
    private record Task(@Nullable Sample sample, CompletableFuture<float[]> vector) {
        static Task last() {
            return new Task(null, new CompletableFuture<>());
        }

        void addTo(VectorBatch batch) {
            if (sample != null) {
                sample.addTo(batch);
            }
        }
    }

    private final Data2Vec model;
    private final int most;
    private final int largest;
    private final long waitNanos;
    private final BlockingQueue<Task> waiting;
    private final Semaphore room;
    private final IntConsumer batches;
    private final List<Thread> workers = new ArrayList<>();

    /**
     * Starts the workers.
     *
     * @param batches told the size of each batch
     */
    EmbeddingQueue(Data2Vec model, ServerConfig config, IntConsumer batches) {
        this.model = model;
        this.most = config.batch();
        this.largest = config.queue();
        this.waitNanos = TimeUnit.MILLISECONDS.toNanos(config.waitMillis());
        int threads = Runtime.getRuntime().availableProcessors();
        this.waiting = new ArrayBlockingQueue<>(config.queue() + threads);
        this.room = new Semaphore(config.queue());
        this.batches = batches;
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(this::work, "embedding-" + i);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
    }

    /**
     * Promises the vectors of samples.
     *
     * @throws Refusal 422 if they never fit, 429 if there is no room for all of them now
     */
    List<CompletableFuture<float[]>> submit(List<Sample> samples) {
        if (samples.size() > largest) {
            throw new Refusal(422, "the request has " + samples.size() + " inputs; allowed: up to " + largest);
        }
        if (!room.tryAcquire(samples.size())) {
            throw new Refusal(429, "too many samples are waiting; try again in a second");
        }
        List<CompletableFuture<float[]>> vectors = new ArrayList<>();
        for (Sample sample : samples) {
            CompletableFuture<float[]> vector = new CompletableFuture<>();
            CompletableFuture<float[]> unused = vector.whenComplete((result, failure) -> room.release());
            vectors.add(vector);
            waiting.add(new Task(sample, vector));
        }
        return vectors;
    }

    /** Samples that wait or are computed. */
    int size() {
        return waiting.size();
    }

    private void work() {
        try {
            while (true) {
                List<Task> tasks = new ArrayList<>();
                Task first = waiting.take();
                boolean last = first.sample() == null || gather(first, tasks);
                tasks.removeIf(task -> task.vector().isDone()); // whoever asked has given up
                if (!tasks.isEmpty()) {
                    batches.accept(tasks.size());
                    compute(tasks);
                }
                if (last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the last task came. */
    private boolean gather(Task first, List<Task> tasks) throws InterruptedException {
        tasks.add(first);
        long until = System.nanoTime() + waitNanos;
        while (tasks.size() < most) {
            Task next = waiting.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (next == null) {
                return false;
            }
            if (next.sample() == null) {
                return true;
            }
            tasks.add(next);
        }
        return false;
    }

    private void compute(List<Task> tasks) {
        List<Task> usable = new ArrayList<>();
        try {
            VectorBatch batch = model.batch();
            for (Task task : tasks) {
                try {
                    task.addTo(batch);
                    usable.add(task);
                } catch (UserException e) {
                    task.vector().completeExceptionally(e);
                }
            }
            float[][] vectors = batch.vectors();
            for (int i = 0; i < vectors.length; i++) {
                usable.get(i).vector().complete(vectors[i]);
            }
        } catch (RuntimeException | Error e) {
            if (usable.size() > 1) { // one of them may be the cause
                usable.forEach(task -> compute(List.of(task)));
            } else {
                tasks.forEach(task -> task.vector().completeExceptionally(e));
            }
        }
    }

    /** Computes what is waiting, and stops. */
    @Override
    public void close() {
        try {
            for (int i = 0; i < workers.size(); i++) {
                waiting.put(Task.last());
            }
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
