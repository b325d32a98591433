package org.data2vec4j.train.listener;

import java.util.List;

/** Watches a run; called on the training thread, in order. An implementation must be quick and must not throw on a full disk silently. */
public interface TrainListener extends AutoCloseable {
    /** The run, or a resumed part of it, begins. */
    default void onStart(RunStart start) {}

    /** One optimiser update is done. */
    default void onUpdate(UpdateReport report) {}

    /** An evaluation of the weights after {@code update} updates is done. */
    default void onEvaluation(long update, double elapsed, List<Metric> metrics) {}

    /** Something worth a line happened: a checkpoint, a resume, a skipped file. */
    default void onMessage(String message) {}

    /** The run ended, normally or not; flushes and releases. */
    @Override
    default void close() {}
}
