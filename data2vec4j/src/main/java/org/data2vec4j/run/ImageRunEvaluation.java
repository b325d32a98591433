package org.data2vec4j.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.evaluation.probe.EvaluationConfig;
import org.data2vec4j.evaluation.probe.EvaluationResult;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.eval.EvaluationData;
import org.data2vec4j.image.eval.ImageEvaluation;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** The evaluation that a run's recipe asks for: k-NN and linear probe beside their controls, as metrics. */
public final class ImageRunEvaluation implements RunEvaluation {
    private static final double HELD_OUT = 0.2;
    private static final int BATCH = 256;

    private final ImageEvaluation evaluation;
    private final @Nullable ImageSource ownTest;

    /**
     * An evaluation on a run's data.
     *
     * @param train the training data, labelled
     * @param products type of the encoder's products
     */
    public ImageRunEvaluation(
            PretrainConfig config,
            ImageModality image,
            EvaluationConfig what,
            ImageSource train,
            DType products,
            Device device,
            Consumer<String> warnings) {
        String test = config.evaluate().data();
        this.ownTest = test.isEmpty() ? null : image.source(test, config.seed());
        int bank = config.evaluate().bank();
        int queries = config.evaluate().queries();
        EvaluationData data = ownTest == null
                ? EvaluationData.split(train, HELD_OUT, bank, queries, config.seed())
                : EvaluationData.of(train, ownTest, bank, queries, config.seed());
        this.evaluation = new ImageEvaluation(
                what,
                data,
                ImageLoaderConfig.evaluation(image.size(), BATCH, image.normalization())
                        .withThreads(config.train().workers(), 2),
                products,
                () -> encoder(config, device),
                warnings);
    }

    /** The encoder of a recipe at random initialisation. */
    private static Encoder encoder(PretrainConfig config, Device device) {
        return config.build(device).encoders().values().iterator().next();
    }

    /** Whether a source has classes to evaluate with. */
    public static boolean possible(ImageSource source) {
        return !source.classes().isEmpty();
    }

    /** The scores of one encoder. */
    public EvaluationResult evaluate(Encoder encoder) {
        return evaluation.evaluate(encoder);
    }

    /** The scores of one encoder alone, without the controls, by the first view. */
    public ImageEvaluation.Scores scores(Encoder encoder) {
        return evaluation.scores(encoder).get(0);
    }

    /** The evaluation, for neighbours. */
    public ImageEvaluation evaluation() {
        return evaluation;
    }

    @Override
    public List<Metric> evaluate(PretrainingMethod method) {
        List<Metric> metrics = new ArrayList<>();
        for (Map.Entry<String, Encoder> encoder : method.encoders().entrySet()) {
            EvaluationResult result = evaluation.evaluate(encoder.getValue());
            for (EvaluationResult.Row row : result.rows()) {
                String name = "eval/" + row.metric().name().toLowerCase(Locale.ROOT);
                metrics.add(new Metric(
                        name + "_" + encoder.getKey(), row.pretrained().percent()));
                if (metrics.stream().noneMatch(metric -> metric.name().equals(name + "_random"))) {
                    metrics.add(new Metric(
                            name + "_random", row.randomInitialisation().percent()));
                    metrics.add(new Metric(name + "_pixels", row.rawPixels().percent()));
                }
            }
        }
        return metrics;
    }

    @Override
    public void close() {
        if (ownTest != null) {
            ownTest.close();
        }
    }
}
