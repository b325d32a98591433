package org.data2vec4j.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.image.ImageSource;
import org.data2vec4j.eval.finetune.FineTuneConfig;
import org.data2vec4j.eval.finetune.PicturePredictor;
import org.data2vec4j.eval.finetune.PictureTask;
import org.data2vec4j.eval.finetune.PicturesConfig;
import org.data2vec4j.model.task.classify.Classifier;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.checkpoint.TensorSet;
import org.data2vec4j.train.modality.ImageModality;
import org.data2vec4j.train.recipe.PretrainConfig;

/** A fine-tuned classifier of pictures, for use; holds its memory until closed. */
public final class PictureClassifier implements AutoCloseable {
    private final Scope memory;
    private final List<String> classes;
    private final ImageModality modality;
    private final FineTuneConfig config;
    private final PicturePredictor predictor;

    /** Told of each picture. */
    public interface Prediction {
        /** One picture's name, and the probability of each class, in the order of {@link #classes()}. */
        void of(String name, float[] probabilities);
    }

    private PictureClassifier(Path run, FineTuneConfig config, PretrainConfig pretrain, Checkpoints.Saved saved) {
        if (!(config.task() instanceof PicturesConfig pictures)
                || !(pretrain.modality() instanceof ImageModality images)) {
            throw new UserException(
                    run + " does not classify pictures; give a run made with a recipe such as image-tiny-classes");
        }
        this.config = config;
        this.classes = lines(run.resolve(PictureTask.CLASSES));
        this.modality = PictureTask.sized(images, pictures.size());
        Device device = Device.parse(config.device());
        this.memory = Scope.open();
        boolean built = false;
        try {
            Classifier model =
                    PictureTask.classifier(pictures, pretrain.model(), modality, classes.size(), config.seed(), device);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            model.weights().parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
            TensorSet.load(saved.file("student"), tensors);
            model.companions().forEach((file, weights) -> {
                Map<String, Tensor> others = new LinkedHashMap<>();
                weights.parameters().forEach((name, parameter) -> others.put(name, parameter.value()));
                TensorSet.load(saved.file(file), others);
            });
            this.predictor = new PicturePredictor(
                    model,
                    modality,
                    pictures.evaluationCrop(),
                    Precision.of(saved.state(), saved.folder()).type(),
                    device);
            built = true;
        } finally {
            if (!built) {
                memory.close();
            }
        }
    }

    /** Opens a fine-tuning run's newest checkpoint. */
    public static PictureClassifier open(Path run) {
        FineTuneConfig config = RunDirectory.config(run, RunDirectory.CONFIG, FineTuneConfig.class);
        PretrainConfig pretrain = RunDirectory.config(run, FineTuneRun.PRETRAIN, PretrainConfig.class);
        Checkpoints.Saved saved = new Checkpoints(run, 1).newest();
        if (saved == null) {
            throw new UserException(run + " has no checkpoint yet; go on with d2v finetune");
        }
        return new PictureClassifier(run, config, pretrain, saved);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UserException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The classes it tells apart. */
    public List<String> classes() {
        return classes;
    }

    /**
     * Classifies a picture, or all of a folder or archive.
     *
     * @param data as for {@code d2v pretrain}
     * @param warnings told of pictures that cannot be read
     */
    public void classify(String data, Prediction told, Consumer<String> warnings) {
        try (ImageSource source = modality.source(data, config.seed())) {
            predictor.run(
                    source,
                    config.train().batch(),
                    config.train().workers(),
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
        memory.close();
    }
}
