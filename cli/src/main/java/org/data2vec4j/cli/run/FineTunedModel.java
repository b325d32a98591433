package org.data2vec4j.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.eval.finetune.FineTuneConfig;
import org.data2vec4j.eval.finetune.PictureTask;
import org.data2vec4j.eval.finetune.PicturesConfig;
import org.data2vec4j.eval.finetune.RecognitionTask;
import org.data2vec4j.eval.finetune.SentenceTask;
import org.data2vec4j.eval.finetune.SentencesConfig;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.model.modality.EncoderConfig;
import org.data2vec4j.model.modality.FrontEnd;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.model.task.TaskModel;
import org.data2vec4j.model.task.classify.Classifier;
import org.data2vec4j.model.task.classify.ClassifierConfig;
import org.data2vec4j.model.task.ctc.Ctc;
import org.data2vec4j.model.task.ctc.CtcConfig;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.checkpoint.TensorSet;
import org.data2vec4j.train.modality.ImageModality;
import org.data2vec4j.train.modality.Modality;
import org.data2vec4j.train.recipe.PretrainConfig;

/** The model of a fine-tuning run's newest checkpoint, in float32, without its training data: the average of its weights where it keeps one; holds its memory until closed. */
public final class FineTunedModel implements AutoCloseable {
    private final Scope memory;
    private final Modality modality;
    private final Record task;
    private final List<String> outputs;
    private final TaskModel model;
    private final long update;

    private FineTunedModel(Path run, FineTuneConfig config, PretrainConfig pretrain, Checkpoints.Saved saved) {
        this.task = config.task();
        this.modality = task instanceof PicturesConfig pictures && pretrain.modality() instanceof ImageModality images
                ? PictureTask.sized(images, pictures.size())
                : pretrain.modality();
        this.outputs = outputs(run, task);
        this.update = saved.state().update();
        this.memory = Scope.open();
        boolean built = false;
        try {
            Device device = Device.parse(config.device());
            TaskModel trained = model(run, config, pretrain.model(), device);
            TensorSet.load(saved.file("student"), values(trained.weights()));
            trained.companions().forEach((name, weights) -> TensorSet.load(saved.file(name), values(weights)));
            this.model = trained instanceof Classifier classifier ? classifier.predicting() : trained;
            model.train(false);
            built = true;
        } finally {
            if (!built) {
                memory.close();
            }
        }
    }

    private TaskModel model(Path run, FineTuneConfig config, EncoderConfig encoder, Device device) {
        Supplier<FrontEnd> frontEnd = modality.frontEnd(encoder.width());
        Supplier<Encoder> made = () -> new Encoder(frontEnd.get(), encoder);
        return task instanceof CtcConfig ctc
                ? new Ctc(ctc, made.get(), outputs.size(), config.seed(), device)
                : new Classifier(classifier(run, task), made, Math.max(1, outputs.size()), config.seed(), device);
    }

    private static Map<String, Tensor> values(Weights weights) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        weights.parameters().forEach((name, parameter) -> values.put(name, parameter.value()));
        return values;
    }

    /** Whether a directory is a fine-tuning run. */
    public static boolean isAt(Path run) {
        return Files.isRegularFile(run.resolve(FineTuneRun.PRETRAIN));
    }

    /** Opens a fine-tuning run's newest checkpoint. */
    public static FineTunedModel open(Path run) {
        FineTuneConfig config = RunDirectory.config(run, RunDirectory.CONFIG, FineTuneConfig.class);
        PretrainConfig pretrain = RunDirectory.config(run, FineTuneRun.PRETRAIN, PretrainConfig.class);
        Checkpoints.Saved saved = new Checkpoints(run, 1).newest();
        if (saved == null) {
            throw new UserException(run + " has no checkpoint yet; go on with d2v finetune");
        }
        return new FineTunedModel(run, config, pretrain, saved);
    }

    private static List<String> outputs(Path run, Record task) {
        Path file = run.resolve(task instanceof CtcConfig ? RecognitionTask.LETTERS : SentenceTask.CLASSES);
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.equals(List.of("")) ? List.of() : lines;
        } catch (IOException e) {
            throw new UserException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static ClassifierConfig classifier(Path run, Record task) {
        if (task instanceof SentencesConfig sentences) {
            return sentences.classifier();
        }
        if (task instanceof PicturesConfig pictures) {
            return pictures.classifier();
        }
        throw new UserException(
                run + " was fine-tuned on a task that cannot be used here; there is: ctc, sentences, pictures");
    }

    /** The kind of data. */
    public Modality modality() {
        return modality;
    }

    /** The model: a {@link Ctc} or a {@link Classifier}. */
    public TaskModel model() {
        return model;
    }

    /** The task as its recipe said it. */
    public Record task() {
        return task;
    }

    /** What a classifier was built with. */
    public ClassifierConfig classifier(Path run) {
        return classifier(run, task);
    }

    /** Letters or classes by their numbers; empty where a number is predicted. */
    public List<String> outputs() {
        return outputs;
    }

    /** The update of its checkpoint. */
    public long update() {
        return update;
    }

    @Override
    public void close() {
        memory.close();
    }
}
