package org.data2vec4j.run;

import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.evaluation.probe.EvaluationConfig;
import org.data2vec4j.image.ImageDataset;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.train.Evaluator;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.run.PretrainSession;

/** What a run measures of its encoders while it trains and at its end. */
public interface RunEvaluation extends Evaluator, AutoCloseable {
    /** Nothing: the data has nothing to be measured by. */
    RunEvaluation NONE = new RunEvaluation() {
        @Override
        public List<Metric> evaluate(PretrainingMethod method) {
            return List.of();
        }

        @Override
        public void close() {}
    };

    /** What can be measured on a run's data. */
    static RunEvaluation of(PretrainConfig config, Dataset feed, PretrainSession training, Consumer<String> warnings) {
        if (config.modality() instanceof ImageModality image
                && feed instanceof ImageDataset pictures
                && ImageRunEvaluation.possible(pictures.source())) {
            return new ImageRunEvaluation(
                    config,
                    image,
                    EvaluationConfig.DEFAULT,
                    pictures.source(),
                    training.precision().type(),
                    training.device(),
                    warnings);
        }
        return NONE;
    }

    @Override
    void close();
}
