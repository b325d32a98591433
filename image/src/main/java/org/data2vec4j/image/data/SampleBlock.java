package org.data2vec4j.image.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.data2vec4j.data.SampleSlots;
import org.data2vec4j.data.WorkerThreads;

/** A run of consecutive places of the order being read by several workers, each sample straight to its place in one array. */
final class SampleBlock {
    private static final int TASK_SAMPLES = 16;

    final SampleSlots slots;
    final float[] pixels;
    final boolean[] usable;
    private final List<Future<?>> tasks = new ArrayList<>();

    /** Hands all places to the workers and returns at once. */
    SampleBlock(SampleSlots slots, SampleReader reader, WorkerThreads workers) {
        this.slots = slots;
        this.pixels = new float[Math.multiplyExact(slots.count(), reader.length())];
        this.usable = new boolean[slots.count()];
        for (int begin = 0; begin < slots.count(); begin += TASK_SAMPLES) {
            int first = begin;
            int end = Math.min(begin + TASK_SAMPLES, slots.count());
            tasks.add(workers.submit(() -> {
                for (int i = first; i < end && !workers.closing(); i++) {
                    usable[i] = reader.read(slots.samples()[i], slots.epochs()[i], pixels, i * reader.length());
                }
                return null;
            }));
        }
    }

    /** Waits until every place has been read; a failure of a worker is thrown here. */
    void await() {
        tasks.forEach(WorkerThreads::await);
    }

    /** Whether no place was skipped. */
    boolean complete() {
        for (boolean good : usable) {
            if (!good) {
                return false;
            }
        }
        return true;
    }
}
