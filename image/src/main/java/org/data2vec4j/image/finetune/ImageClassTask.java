package org.data2vec4j.image.finetune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.RngStream;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.evaluation.finetune.FineTuneTask;
import org.data2vec4j.image.ImageDataset;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.augment.Mixing;
import org.data2vec4j.image.eval.ImageSelection;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.TargetLabels;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.BatchConverter;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** Classification of pictures. The classes are those of the training data. */
public final class ImageClassTask implements FineTuneTask {
    /** The file of the classes, one to a line. */
    public static final String CLASSES = "classes.txt";

    private static final int PREFETCH = 3;

    private final FineTuneConfig config;
    private final ImageClassesConfig pictures;
    private final ImageModality modality;
    private final List<ImageSource> opened = new ArrayList<>();
    private final ImageDataset feed;
    private final Map<String, ImageSelection> tests = new LinkedHashMap<>();
    private final List<String> classes;
    private final ClassifierModel model;
    private final ImagePredictor predictor;
    private final Consumer<String> warnings;

    /**
     * Opens data and builds the model, in the scope open now.
     *
     * @param pretrain the pre-training run's recipe: the encoder and how pictures are normalised
     * @param products element type of products
     * @param warnings told of pictures that are left out, and of predictions that are all the same
     * @throws UserException if the encoder is not one of images, or the data is not labelled
     */
    public ImageClassTask(
            FineTuneConfig config,
            ImageClassesConfig pictures,
            PretrainConfig pretrain,
            DType products,
            Device device,
            Consumer<String> warnings) {
        this.config = config;
        this.pictures = pictures;
        this.warnings = warnings;
        if (!(pretrain.modality() instanceof ImageModality images)) {
            throw new UserException(config.from() + " was pre-trained on "
                    + pretrain.modality().samples() + "; pictures need an encoder of images");
        }
        this.modality = sized(images, pictures.size());
        ImageSelection chosen =
                ImageClassData.share(config.data(), open(config.data()), config.labelled(), config.subsetSeed());
        this.classes = chosen.classes();
        this.feed = new ImageDataset(chosen, loading());
        for (String test : config.test().split(",", -1)) {
            if (!test.isBlank()) {
                String spec = test.trim();
                tests.put(spec.substring(spec.lastIndexOf('/') + 1), ImageClassData.all(spec, open(spec), classes));
            }
        }
        this.model = classifier(pictures, pretrain.model(), modality, classes.size(), config.seed(), device);
        this.predictor = new ImagePredictor(model, modality, pictures.evaluationCrop(), products, device);
    }

    /** The images as pre-training read them, at another size where one is given. */
    public static ImageModality sized(ImageModality images, @Nullable ImageSize size) {
        return size == null ? images : images.withSize(size);
    }

    /** The model of a task, without its weights. */
    public static ClassifierModel classifier(
            ImageClassesConfig pictures,
            EncoderConfig encoder,
            ImageModality images,
            int classes,
            long seed,
            Device device) {
        EncoderConfig skipping = encoder.withBlock(encoder.block().withDropPath(pictures.dropPath()));
        Supplier<FeatureEncoder> featureEncoder = images.featureEncoder(encoder.width());
        return new ClassifierModel(
                pictures.classifier(), () -> new Encoder(featureEncoder.get(), skipping), classes, seed, device);
    }

    private ImageSource open(String spec) {
        ImageSource source = modality.source(spec, config.seed());
        opened.add(source);
        return source;
    }

    private ImageLoaderConfig loading() {
        return new ImageLoaderConfig(
                modality.size(),
                config.train().batch(),
                pictures.augmentation(),
                modality.normalization(),
                config.seed(),
                config.train().workers(),
                PREFETCH);
    }

    @Override
    public ImageDataset feed() {
        return feed;
    }

    @Override
    public BatchConverter inputs() {
        return this::labelled;
    }

    private Input labelled(Batch batch, Device on) {
        ImageBatch images = (ImageBatch) batch;
        Rng rng = Rng.of(
                config.seed(),
                RngStream.MIXING,
                images.next().epoch(),
                images.next().offset());
        double own = pictures.mixing().apply(images.pixels(), images.size(), images.width(), rng);
        TargetLabels labels = own == 1
                ? new TargetLabels.Classes(images.labels())
                : new TargetLabels.Shares(Mixing.shares(images.labels(), classes.size(), own), classes.size());
        return modality.convert(images, on).labelled(labels);
    }

    @Override
    public ClassifierModel model() {
        return model;
    }

    @Override
    public List<Metric> measure() {
        List<Metric> metrics = new ArrayList<>();
        tests.forEach((key, test) -> {
            TopAccuracy accuracy = new TopAccuracy();
            predictor.run(test, config.train().batch(), config.train().workers(), accuracy, warnings);
            if (accuracy.spread().degenerate()) {
                warnings.accept("all predictions for " + key + " are the same: so far the model has learned nothing,"
                        + " or the run has failed (try a longer warm-up or a lower learning rate)");
            }
            metrics.addAll(accuracy.metrics(key));
        });
        return metrics;
    }

    @Override
    public Map<String, String> files() {
        return Map.of(CLASSES, String.join("\n", classes) + "\n");
    }

    @Override
    public void close() {
        feed.close();
        opened.forEach(ImageSource::close);
    }
}
