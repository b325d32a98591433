package org.data2vec4j.spark;

import org.apache.spark.TaskContext;
import org.apache.spark.util.LongAccumulator;
import org.data2vec4j.train.listener.RunStart;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;

/** What a task tells Spark of its training. */
final class RankProgress implements TrainListener {
    /** The accumulator of updates, counted by rank 0. */
    static final String UPDATES = "data2vec4j updates";

    /** The accumulator of samples, counted by rank 0 for all. */
    static final String SAMPLES = "data2vec4j samples";

    private final TaskContext task;
    private final LongAccumulator updates;
    private final LongAccumulator samples;

    RankProgress(TaskContext task, LongAccumulator updates, LongAccumulator samples) {
        this.task = task;
        this.updates = updates;
        this.samples = samples;
    }

    @Override
    public void onStart(RunStart start) {
        updates.add(start.firstUpdate());
    }

    @Override
    public void onUpdate(UpdateReport report) {
        updates.add(1);
        samples.add(report.samples());
        task.taskMetrics().inputMetrics().incRecordsRead(report.samples());
    }
}
