package org.data2vec4j.evaluation.finetune;

import java.util.List;
import java.util.Map;
import org.data2vec4j.model.task.TaskModel;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.listener.Metric;

/** What is learned in a fine-tuning run: data with labels, a model with a head, and a measure. Holds its memory until closed. */
public interface FineTuneTask extends AutoCloseable {
    /** The labelled training data. */
    Dataset feed();

    /** How its batches become inputs with labels. */
    BatchConverter inputs();

    /** The model, begun by the run's seed or by a pre-trained encoder. */
    TaskModel model();

    /** Scores on the test data as the model is now, under names that begin with {@code eval/}; empty if there is no test data. */
    List<Metric> measure();

    /** What is to be written beside the checkpoints, so that the model can be used without the training data: by file name. */
    Map<String, String> files();

    /** What the last measurement saw in detail, to be written beside the checkpoints at the end: by file name. */
    default Map<String, String> results() {
        return Map.of();
    }

    @Override
    void close();
}
