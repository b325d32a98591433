package org.data2vec4j.image.finetune;

import java.util.Arrays;
import java.util.function.Consumer;
import org.data2vec4j.evaluation.finetune.TaskConfig;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.CenterCrop;
import org.data2vec4j.image.data.ColorJitter;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.SequentialImageLoader;
import org.data2vec4j.model.task.TaskModel;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.data.Modality;
import org.jspecify.annotations.Nullable;

/** Runs a classifier over pictures, the middle of each, once, in order. */
public final class ImagePredictor {
    private final ClassifierModel model;
    private final ImageModality modality;
    private final double crop;
    private final DType products;
    private final Device device;

    /** Told of each picture, by its index, with the logarithms of its classes' probabilities. */
    public interface Prediction {
        /** One picture's. */
        void of(int index, int label, float[] logs);
    }

    /**
     * A predictor of pictures read as {@code modality} says.
     *
     * @param crop side of the middle square that is looked at, as a share of the shorter side
     */
    public ImagePredictor(ClassifierModel model, ImageModality modality, double crop, DType products, Device device) {
        this.model = model;
        this.modality = modality;
        this.crop = crop;
        this.products = products;
        this.device = device;
    }

    /**
     * The predictor of a fine-tuned model.
     *
     * @return null unless the model classifies images
     */
    public static @Nullable ImagePredictor of(
            TaskConfig task, Modality modality, TaskModel model, DType products, Device device) {
        return task instanceof ImageClassesConfig classes
                        && modality instanceof ImageModality images
                        && model instanceof ClassifierModel classifier
                ? new ImagePredictor(classifier, images, classes.evaluationCrop(), products, device)
                : null;
    }

    /** Opens images as the model reads them, from a file, a folder or an archive. */
    public ImageSource open(String data) {
        return modality.source(data, 0);
    }

    /**
     * The predictions for all pictures as the model is now.
     *
     * @param workers threads that read
     * @param warnings told of pictures that cannot be read, which have none
     */
    public void run(ImageSource source, int batchSize, int workers, Prediction told, Consumer<String> warnings) {
        ImageLoaderConfig reading = ImageLoaderConfig.evaluation(modality.size(), batchSize, modality.normalization())
                .withAugmentation(new Augmentation(new CenterCrop(crop), false, ColorJitter.NONE), 0)
                .withThreads(workers, 2);
        boolean training = model.encoder().training();
        model.train(false);
        try (SequentialImageLoader pass = new SequentialImageLoader(source, reading, source.size(), warnings)) {
            for (ImageBatch batch : pass) {
                float[] logs_BC = logs(batch);
                int classes = logs_BC.length / batch.size();
                for (int i = 0; i < batch.size(); i++) {
                    told.of(
                            (int) batch.ids()[i],
                            batch.labels()[i],
                            Arrays.copyOfRange(logs_BC, i * classes, (i + 1) * classes));
                }
            }
        } finally {
            model.train(training);
        }
    }

    private float[] logs(ImageBatch batch) {
        try (Scope scope = Scope.open()) {
            Tensor logs_BC = Autocast.with(products, () -> model.predict(modality.convert(batch, device)));
            return logs_BC.toFloats();
        }
    }
}
