package org.data2vec4j.eval.finetune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.Purpose;
import org.data2vec4j.data.image.ImageBatch;
import org.data2vec4j.data.image.ImageLoaderConfig;
import org.data2vec4j.data.image.ImageSize;
import org.data2vec4j.data.image.ImageSource;
import org.data2vec4j.data.image.augment.Mixing;
import org.data2vec4j.eval.ImageSelection;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.model.modality.EncoderConfig;
import org.data2vec4j.model.modality.FrontEnd;
import org.data2vec4j.model.modality.Input;
import org.data2vec4j.model.modality.Labels;
import org.data2vec4j.model.task.classify.Classifier;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.Inputs;
import org.data2vec4j.train.listener.Metric;
import org.data2vec4j.train.modality.ImageFeed;
import org.data2vec4j.train.modality.ImageModality;
import org.data2vec4j.train.recipe.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** Classification of pictures. The classes are those of the training data. */
public final class PictureTask implements FineTuneTask {
    /** The file of the classes, one to a line. */
    public static final String CLASSES = "classes.txt";

    private static final int PREFETCH = 3;

    private final FineTuneConfig config;
    private final PicturesConfig pictures;
    private final ImageModality modality;
    private final List<ImageSource> opened = new ArrayList<>();
    private final ImageFeed feed;
    private final Map<String, ImageSelection> tests = new LinkedHashMap<>();
    private final List<String> classes;
    private final Classifier model;
    private final PicturePredictor predictor;
    private final Consumer<String> warnings;

    /**
     * Opens data and builds the model, in the scope open now.
     *
     * @param pretrain the pre-training run's recipe: the encoder and how pictures are normalised
     * @param products element type of products
     * @param warnings told of pictures that are left out, and of predictions that are all the same
     * @throws UserException if the encoder is not one of images, or the data is not labelled
     */
    public PictureTask(
            FineTuneConfig config,
            PicturesConfig pictures,
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
                PictureData.share(config.data(), open(config.data()), config.labelled(), config.subsetSeed());
        this.classes = chosen.classes();
        this.feed = new ImageFeed(chosen, loading());
        for (String test : config.test().split(",", -1)) {
            if (!test.isBlank()) {
                String spec = test.trim();
                tests.put(spec.substring(spec.lastIndexOf('/') + 1), PictureData.all(spec, open(spec), classes));
            }
        }
        this.model = classifier(pictures, pretrain.model(), modality, classes.size(), config.seed(), device);
        this.predictor = new PicturePredictor(model, modality, pictures.evaluationCrop(), products, device);
    }

    /** The images as pre-training read them, at another size where one is given. */
    public static ImageModality sized(ImageModality images, @Nullable ImageSize size) {
        return size == null ? images : images.withSize(size);
    }

    /** The model of a task, without its weights. */
    public static Classifier classifier(
            PicturesConfig pictures,
            EncoderConfig encoder,
            ImageModality images,
            int classes,
            long seed,
            Device device) {
        EncoderConfig skipping = encoder.withBlock(encoder.block().withDropPath(pictures.dropPath()));
        Supplier<FrontEnd> frontEnd = images.frontEnd(encoder.width());
        return new Classifier(
                pictures.classifier(), () -> new Encoder(frontEnd.get(), skipping), classes, seed, device);
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
    public ImageFeed feed() {
        return feed;
    }

    @Override
    public Inputs inputs() {
        return this::labelled;
    }

    private Input labelled(Batch batch, Device on) {
        ImageBatch images = (ImageBatch) batch;
        Rng rng = Rng.of(
                config.seed(),
                Purpose.MIXING,
                images.next().epoch(),
                images.next().offset());
        double own = pictures.mixing().apply(images.pixels(), images.size(), images.width(), rng);
        Labels labels = own == 1
                ? new Labels.Classes(images.labels())
                : new Labels.Shares(Mixing.shares(images.labels(), classes.size(), own), classes.size());
        return modality.of(images, on).labelled(labels);
    }

    @Override
    public Classifier model() {
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
