package org.data2vec4j.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.evaluation.suite.FrozenConfig;
import org.data2vec4j.evaluation.suite.FrozenEvaluation;
import org.data2vec4j.evaluation.suite.ViewScore;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.train.Evaluator;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.data.LabelledSplit;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.loop.PretrainSession;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * What a run measures of its encoders while it trains and at its end: k-NN and linear probe beside the two controls, on the labelled
 * samples that its recipe names, or on its own data where that has classes. Metrics are {@code eval/knn_student}, {@code
 * eval/knn_random}, {@code eval/knn_pixels} and so on; the last scores are in {@link ControlledScores#NAME} too.
 */
public final class RunEvaluation implements Evaluator, AutoCloseable {
    private final LabelledSplit data;
    private final FrozenEvaluation evaluation;
    private final Path directory;
    private final Consumer<String> messages;

    private RunEvaluation(LabelledSplit data, FrozenEvaluation evaluation, Path directory, Consumer<String> messages) {
        this.data = data;
        this.evaluation = evaluation;
        this.directory = directory;
        this.messages = messages;
    }

    /** Whether a run is measured: its recipe names labelled samples, or its data has classes. */
    static boolean asked(PretrainConfig config, Dataset dataset) {
        return config.evaluate().namesData() || dataset.hasClasses();
    }

    /** Opens the labelled samples of a run; {@code messages} are warnings, and what scores mean. */
    static RunEvaluation open(PretrainConfig config, PretrainSession training, Consumer<String> messages) {
        LabelledSplit data = config.modality().labelled(RunLabels.of(config), messages);
        return new RunEvaluation(
                data,
                RunLabels.evaluation(
                        config,
                        FrozenConfig.DEFAULT,
                        data,
                        training.device(),
                        training.precision().type()),
                Path.of(config.run()),
                messages);
    }

    @Override
    public List<Metric> evaluate(PretrainingMethod method) {
        List<Metric> metrics = new ArrayList<>();
        Map<String, ViewScore> trained = new LinkedHashMap<>();
        method.encoders().entrySet().forEach(encoder -> {
            ViewScore score = evaluation.scores(encoder.getValue()).get(0);
            trained.put(encoder.getKey(), score);
            add(metrics, encoder.getKey(), score);
        });
        ViewScore untrained = evaluation.untrained().get(0);
        String baseline = data.train().baselineName();
        add(metrics, "random", untrained);
        add(metrics, control(baseline), evaluation.baseline());
        ControlledScores scores =
                ControlledScores.of(trained.values().iterator().next(), untrained, evaluation.baseline());
        scores.write(directory);
        messages.accept(scores.sentence(inWords(baseline)));
        return metrics;
    }

    private static void add(List<Metric> metrics, String subject, ViewScore score) {
        metrics.add(new Metric("eval/knn_" + subject, score.knn().percent()));
        metrics.add(new Metric("eval/probe_" + subject, score.linear().percent()));
    }

    /** The name of baseline features in a sentence. */
    static String inWords(String baseline) {
        return baseline.equals("pixels") ? "raw pixels" : baseline;
    }

    /** The name of a control in metrics, such as {@code pixels} or {@code log_mel}. */
    static String control(String baseline) {
        return baseline.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }

    @Override
    public void close() {
        data.close();
    }
}
