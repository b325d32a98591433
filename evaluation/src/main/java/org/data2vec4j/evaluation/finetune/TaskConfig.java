package org.data2vec4j.evaluation.finetune;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.task.TaskModel;
import org.data2vec4j.model.task.classify.ClassifierConfig;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.data.InputReader;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.data.RunContext;
import org.data2vec4j.train.run.PretrainConfig;

/** The settings of a supervised task: a section of a fine-tuning recipe. */
public interface TaskConfig {
    /**
     * Opens the task's data and builds its model, in the scope open now; nothing is written.
     *
     * @param config the recipe that this is a section of
     * @param pretrain the recipe of {@code config.from()}
     * @param products element type of products
     * @param warnings told of samples that are left out
     * @throws org.data2vec4j.core.UserException if the encoder is of another modality, or the data is not labelled
     */
    FineTuneTask open(
            FineTuneConfig config, PretrainConfig pretrain, DType products, Device device, Consumer<String> warnings);

    /**
     * Builds the fine-tuned model without its weights and without its data, in the scope open now.
     *
     * @param encoder the encoder's settings
     * @param features makes the encoder's feature encoder
     * @param outputs how many letters or classes there are; 0 where a number is predicted
     * @param seed of what the weights begin as
     */
    TaskModel model(EncoderConfig encoder, Supplier<FeatureEncoder> features, int outputs, long seed, Device device);

    /** The file in the run directory that lists the model's outputs, one a line. */
    String outputs();

    /** The modality as fine-tuning reads it, of the one that the encoder was pre-trained on; that one unless overridden. */
    default Modality modality(Modality pretrained) {
        return pretrained;
    }

    /**
     * Opens what readers of single samples need, as the fine-tuned model takes them; those of the modality, unless overridden.
     *
     * @param modality as {@link #modality} gives it
     * @param run the fine-tuning run
     */
    default Supplier<InputReader> readers(Modality modality, RunContext run) {
        return modality.readers(run);
    }

    /**
     * What makes scores of the encoder's features, in a task of classes.
     *
     * @throws UserException if the task has none, as unless overridden
     */
    default ClassifierConfig classifier() {
        throw new UserException("the run was fine-tuned on a task that has no classifier");
    }
}
