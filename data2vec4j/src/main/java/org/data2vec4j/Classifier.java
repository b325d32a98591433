package org.data2vec4j;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.finetune.ImagePredictor;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.run.LoadedFineTuning;
import org.data2vec4j.run.RunDirectory;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.data.InputReader;
import org.data2vec4j.train.data.RunContext;
import org.jspecify.annotations.Nullable;

/**
 * A fine-tuned classifier of images or of sentences. May be used by several threads at once. Whoever opens it closes it, in any
 * thread: {@link #close} waits for the calls in flight, and every call after it is an {@link IllegalStateException} that names the
 * run. Whatever a caller can mend is a {@link UserException}. Shapes: C classes, in the order of {@link #classes()}.
 */
public final class Classifier implements AutoCloseable {
    private final LoadedFineTuning run;
    private final ClassifierModel model;
    private final Device device;
    private final TrainConfig train;
    private final Supplier<InputReader> readers;
    private final @Nullable ImagePredictor folders;

    /** Told of each image of a folder or archive. */
    public interface Prediction {
        /** One image's name, and the probability of each class, in the order of {@link #classes()}. */
        void of(String name, float[] probabilities);
    }

    private Classifier(Path path, FineTuneConfig config, LoadedFineTuning run) {
        if (!(run.model() instanceof ClassifierModel classifier)
                || run.outputs().isEmpty()) {
            throw new UserException(path + " does not tell classes apart; give a run made with a recipe such as"
                    + " image-tiny-classes or text-tiny-trec");
        }
        this.run = run;
        this.model = classifier;
        this.device = Device.parse(config.device());
        this.train = config.train();
        this.readers = run.task().readers(run.modality(), new RunContext(path, train, config.seed(), message -> {}));
        this.folders = ImagePredictor.of(run.task(), run.modality(), classifier, DType.F32, device);
    }

    /**
     * Opens a fine-tuning run's newest checkpoint.
     *
     * @throws UserException if that is no such run, or it tells no classes apart; nothing stays open then
     */
    public static Classifier open(Path run) {
        FineTuneConfig config = RunDirectory.config(run, RunDirectory.CONFIG, FineTuneConfig.class);
        LoadedFineTuning model = LoadedFineTuning.open(run);
        boolean fits = false;
        try {
            Classifier classifier = new Classifier(run, config, model);
            fits = true;
            return classifier;
        } finally {
            if (!fits) {
                model.close();
            }
        }
    }

    /** The classes it tells apart. */
    public List<String> classes() {
        run.requireOpen();
        return run.outputs();
    }

    /** (C): the probabilities of the classes of a file's image or text (UTF-8). */
    public float[] classify(Path file) {
        return one(reader -> reader.add(file));
    }

    /** (C): the probabilities of the classes of the image or the text (UTF-8) whose file has these bytes. */
    public float[] classify(byte[] file) {
        return one(reader -> reader.add(file));
    }

    /** (C): the probabilities of the classes of the image or the text (UTF-8) that a stream holds, which stays open. */
    public float[] classify(InputStream file) {
        return one(reader -> reader.add(file));
    }

    /** (C): the probabilities of the classes of an image in memory. */
    public float[] classify(BufferedImage image) {
        return one(reader -> reader.add(image));
    }

    /** (C): the probabilities of the classes of a sentence; a file is given as a {@link Path}. */
    public float[] classify(String sentence) {
        return one(reader -> reader.add(sentence));
    }

    /** (C): the probabilities of the classes of a pair of sentences, of a model that was fine-tuned on pairs. */
    public float[] classify(String first, String second) {
        return one(reader -> reader.add(first, second));
    }

    private float[] one(Consumer<InputReader> added) {
        run.requireOpen();
        InputReader reader = readers.get();
        added.accept(reader);
        return probabilities(reader).get(0);
    }

    /** One for each: the probabilities of the classes of files' images or texts, in that order. */
    public List<float[]> classifyAll(List<Path> files) {
        run.requireOpen();
        InputReader reader = readers.get();
        List<float[]> all = new ArrayList<>();
        for (Path file : files) {
            reader.add(file);
            if (reader.full()) {
                all.addAll(probabilities(reader));
            }
        }
        all.addAll(probabilities(reader));
        return all;
    }

    private List<float[]> probabilities(InputReader reader) {
        List<float[]> all = new ArrayList<>();
        for (Batch batch : reader.take()) {
            float[] logs_BC = run.use(() -> logs(batch));
            int classes = logs_BC.length / batch.size();
            for (int i = 0; i < batch.size(); i++) {
                all.add(exponentials(Arrays.copyOfRange(logs_BC, i * classes, (i + 1) * classes)));
            }
        }
        return all;
    }

    private float[] logs(Batch batch) {
        try (Scope scope = Scope.open()) {
            return model.predict(run.modality().convert(batch, device)).toFloats();
        }
    }

    /**
     * Classifies an image, or all of a folder or archive.
     *
     * @param data as for {@code d2v pretrain}
     * @param warnings told of images that cannot be read
     * @throws UserException if the model does not classify images, or there are none
     */
    public void classify(String data, Prediction told, Consumer<String> warnings) {
        run.requireOpen();
        ImagePredictor images = folders;
        if (images == null) {
            throw new UserException("the model classifies " + run.modality().samples()
                    + ", and folders are read for images only; give one sample at a time");
        }
        try (ImageSource source = images.open(data)) {
            run.use(() -> {
                images.run(
                        source,
                        train.batch(),
                        train.workers(),
                        (index, label, logs) -> told.of(source.name(index), exponentials(logs)),
                        warnings);
                return source;
            });
        }
    }

    private static float[] exponentials(float[] logs) {
        float[] values = new float[logs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.exp(logs[i]);
        }
        return values;
    }

    /** Frees the model when the last call in flight has ended; a second call does nothing. */
    @Override
    public void close() {
        run.close();
    }
}
