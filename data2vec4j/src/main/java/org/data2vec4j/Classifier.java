package org.data2vec4j;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.finetune.ImagePredictor;
import org.data2vec4j.run.LoadedFineTuning;
import org.data2vec4j.run.RunDirectory;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.TrainConfig;

/** A fine-tuned classifier of pictures, for use; holds its memory until closed. */
public final class Classifier implements AutoCloseable {
    private final LoadedFineTuning model;
    private final TrainConfig train;
    private final ImagePredictor predictor;

    /** Told of each picture. */
    public interface Prediction {
        /** One picture's name, and the probability of each class, in the order of {@link #classes()}. */
        void of(String name, float[] probabilities);
    }

    private Classifier(Path run, FineTuneConfig config, LoadedFineTuning model) {
        ImagePredictor found = ImagePredictor.of(
                model.task(), model.modality(), model.model(), DType.F32, Device.parse(config.device()));
        if (found == null) {
            throw new UserException(
                    run + " does not classify pictures; give a run made with a recipe such as image-tiny-classes");
        }
        this.model = model;
        this.train = config.train();
        this.predictor = found;
    }

    /** Opens a fine-tuning run's newest checkpoint. */
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
        return model.outputs();
    }

    /**
     * Classifies a picture, or all of a folder or archive.
     *
     * @param data as for {@code d2v pretrain}
     * @param warnings told of pictures that cannot be read
     */
    public void classify(String data, Prediction told, Consumer<String> warnings) {
        try (ImageSource source = predictor.open(data)) {
            predictor.run(
                    source,
                    train.batch(),
                    train.workers(),
                    (index, label, logs) -> told.of(source.name(index), exponentials(logs)),
                    warnings);
        }
    }

    private static float[] exponentials(float[] logs) {
        float[] values = new float[logs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.exp(logs[i]);
        }
        return values;
    }

    @Override
    public void close() {
        model.close();
    }
}
