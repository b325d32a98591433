package org.data2vec4j.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.eval.finetune.FineTuneConfig;
import org.data2vec4j.eval.finetune.RecognitionTask;
import org.data2vec4j.eval.finetune.SentenceTask;
import org.data2vec4j.eval.finetune.SentencesConfig;
import org.data2vec4j.model.modality.Encoder;
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
import org.data2vec4j.train.modality.Modality;
import org.data2vec4j.train.recipe.PretrainConfig;

/** The model of a fine-tuning run's newest checkpoint, in float32, without its training data; holds its memory until closed. */
public final class FineTunedModel implements AutoCloseable {
    private final Scope memory;
    private final Modality modality;
    private final Record task;
    private final List<String> outputs;
    private final TaskModel model;
    private final long update;

    private FineTunedModel(Path run, FineTuneConfig config, PretrainConfig pretrain, Checkpoints.Saved saved) {
        this.modality = pretrain.modality();
        this.task = config.task();
        this.outputs = outputs(run, task);
        this.update = saved.state().update();
        this.memory = Scope.open();
        boolean built = false;
        try {
            Encoder encoder =
                    new Encoder(modality.frontEnd(pretrain.model().width()).get(), pretrain.model());
            Device device = Device.parse(config.device());
            this.model = task instanceof CtcConfig ctc
                    ? new Ctc(ctc, encoder, outputs.size(), config.seed(), device)
                    : new Classifier(
                            classifier(run, task), encoder, Math.max(1, outputs.size()), config.seed(), device);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            model.weights().parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
            TensorSet.load(saved.file("student"), tensors);
            model.train(false);
            built = true;
        } finally {
            if (!built) {
                memory.close();
            }
        }
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
        if (task instanceof ClassifierConfig classifier) {
            return classifier;
        }
        if (task instanceof SentencesConfig sentences) {
            return sentences.classifier();
        }
        throw new UserException(run + " was fine-tuned on a task that cannot be used here; there is: ctc, sentences");
    }

    /** The kind of data. */
    public Modality modality() {
        return modality;
    }

    /** The model: a {@link Ctc} or a {@link Classifier}. */
    public TaskModel model() {
        return model;
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
