package org.data2vec4j.cli.run;

import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.eval.EvaluationConfig;
import org.data2vec4j.model.method.SslMethod;
import org.data2vec4j.train.Evaluator;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.modality.Feed;
import org.data2vec4j.train.modality.ImageFeed;
import org.data2vec4j.train.modality.ImageModality;
import org.data2vec4j.train.recipe.PretrainConfig;
import org.data2vec4j.train.recipe.Pretraining;

/** What a run measures of its encoders while it trains and at its end. */
public interface RunEvaluation extends Evaluator, AutoCloseable {
    /** Nothing: the data has nothing to be measured by. */
    RunEvaluation NONE = new RunEvaluation() {
        @Override
        public List<Metric> evaluate(SslMethod method) {
            return List.of();
        }

        @Override
        public void close() {}
    };

    /** What can be measured on a run's data. */
    static RunEvaluation of(PretrainConfig config, Feed feed, Pretraining training, Consumer<String> warnings) {
        if (config.modality() instanceof ImageModality image
                && feed instanceof ImageFeed pictures
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
