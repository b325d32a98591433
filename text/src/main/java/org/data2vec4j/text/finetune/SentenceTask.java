package org.data2vec4j.text.finetune;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.evaluation.finetune.FineTuneTask;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.TargetLabels;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.LabelledData;
import org.data2vec4j.text.data.LabelledSamples;
import org.data2vec4j.text.data.SentenceData;
import org.data2vec4j.text.data.TextBatch;
import org.data2vec4j.text.data.TextTask;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.TokenizerJson;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/**
 * Classification of sentences or pairs, or regression. The classes are those of the training data, or GLUE's. Predictions on GLUE's
 * test sets, which have no labels, are written as files for its server.
 */
public final class SentenceTask implements FineTuneTask {
    /** The file of the classes, one to a line; of a regression, empty. */
    public static final String CLASSES = "classes.txt";

    private record TestSet(String spec, LabelledData data, LabelledSamples samples) {
        boolean labelled() {
            return data.texts().stream().noneMatch(text -> Float.isNaN(text.target()));
        }
    }

    private final FineTuneConfig config;
    private final SentencesConfig sentences;
    private final TextModality modality;
    private final BpeTokenizer tokenizer;
    private final TextTask task;
    private final Dataset feed;
    private final Map<String, TestSet> tests = new LinkedHashMap<>();
    private final ClassifierModel model;
    private final SentencePredictor predictor;
    private final Consumer<String> warnings;

    /**
     * Opens data and builds the model, in the scope open now.
     *
     * @param pretrain the pre-training run's recipe: the encoder and its tokenizer
     * @param products element type of products
     * @param warnings told of lines that are left out, and of predictions that are all the same
     * @throws UserException if the encoder is not one of text, or the data is not of the task
     */
    public SentenceTask(
            FineTuneConfig config,
            SentencesConfig sentences,
            PretrainConfig pretrain,
            DType products,
            Device device,
            Consumer<String> warnings) {
        this.config = config;
        this.sentences = sentences;
        this.warnings = warnings;
        if (!(pretrain.modality() instanceof TextModality text)) {
            throw new UserException(config.from() + " was pre-trained on "
                    + pretrain.modality().samples() + "; sentences need an encoder of text");
        }
        if (sentences.length() > text.length()) {
            throw new UserException("sentences.length is " + sentences.length() + ", but the encoder of "
                    + config.from() + " knows " + text.length() + " places; allowed: 8 to " + text.length());
        }
        Double dropout = sentences.dropout();
        this.modality = dropout == null ? text : text.withDropout(dropout);
        this.tokenizer = tokenizer(text);
        LabelledData data = SentenceData.train(config.data(), sentences.glue(), sentences.columns(), warnings);
        this.task = data.task();
        this.feed = new SentenceDataset(
                data,
                SentenceData.share(data.texts(), config.labelled(), config.subsetSeed()),
                tokenizer,
                sentences.length(),
                config.train().batch(),
                config.seed());
        for (String test : config.test().split(",", -1)) {
            if (!test.isBlank()) {
                tests.put(key(test.trim()), testSet(test.trim()));
            }
        }
        EncoderConfig dropping = dropout == null
                ? pretrain.model()
                : pretrain.model().withBlock(pretrain.model().block().withDropout(dropout));
        Supplier<FeatureEncoder> featureEncoder = modality.featureEncoder(dropping.width());
        this.model = new ClassifierModel(
                sentences.classifier(),
                () -> new Encoder(featureEncoder.get(), dropping),
                regression() ? 1 : task.classes().size(),
                config.seed(),
                device);
        this.predictor = new SentencePredictor(model, modality, products, device);
    }

    /** The one that the run keeps beside its model, or else the pre-training run's. */
    private BpeTokenizer tokenizer(TextModality text) {
        Path run = Path.of(config.run());
        return Files.isRegularFile(run.resolve(TextModality.TOKENIZER))
                ? text.withTokenizer("").tokenizer(run)
                : text.tokenizer(Path.of(config.from()));
    }

    private TestSet testSet(String spec) {
        LabelledData data = SentenceData.test(spec, sentences.glue(), sentences.columns(), task, warnings);
        return new TestSet(spec, data, new LabelledSamples(data.texts(), tokenizer, sentences.length()));
    }

    /** A file's name without folder and extension. */
    private static String key(String spec) {
        String name = spec.substring(spec.lastIndexOf('/') + 1);
        return name.indexOf('.') > 0 ? name.substring(0, name.indexOf('.')) : name;
    }

    private boolean regression() {
        return task.kind() == TextTask.Kind.REGRESSION;
    }

    /** What is predicted. */
    public TextTask task() {
        return task;
    }

    @Override
    public Dataset feed() {
        return feed;
    }

    @Override
    public BatchConverter inputs() {
        return this::labelled;
    }

    private Input labelled(Batch batch, Device on) {
        TextBatch texts = (TextBatch) batch;
        float @Nullable [] targets = texts.targets();
        if (targets == null) {
            throw new IllegalArgumentException("a batch without targets");
        }
        if (regression()) {
            return modality.convert(batch, on).labelled(new TargetLabels.Values(targets));
        }
        int[] classes = new int[targets.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (int) targets[i];
        }
        return modality.convert(batch, on).labelled(new TargetLabels.Classes(classes));
    }

    @Override
    public ClassifierModel model() {
        return model;
    }

    @Override
    public List<Metric> measure() {
        List<Metric> metrics = new ArrayList<>();
        tests.forEach((key, test) -> {
            SentenceScores scores =
                    predictor.run(test.samples, regression(), config.train().batch());
            if (scores.spread().degenerate()) {
                warnings.accept(
                        "all predictions for " + test.spec + " are the same: so far the model has learned nothing,"
                                + " or the run has failed (try a longer warm-up or a lower learning rate)");
            }
            if (test.labelled()) {
                metrics.addAll(scores.metrics(task, truths(test.data), key));
            } else {
                warnings.accept("wrote "
                        + SentenceSubmission.write(
                                Path.of(config.run()), sentences.glue(), test.spec, test.data, scores, warnings));
            }
        });
        return metrics;
    }

    private static float[] truths(LabelledData data) {
        float[] truths = new float[data.texts().size()];
        for (int i = 0; i < truths.length; i++) {
            truths[i] = data.texts().get(i).target();
        }
        return truths;
    }

    @Override
    public Map<String, String> files() {
        return Map.of(
                CLASSES,
                String.join("\n", task.classes()) + "\n",
                TextModality.TOKENIZER,
                TokenizerJson.text(tokenizer));
    }

    @Override
    public void close() {
        feed.close();
    }
}
