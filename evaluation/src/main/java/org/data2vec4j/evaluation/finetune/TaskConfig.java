package org.data2vec4j.evaluation.finetune;

import java.util.function.Consumer;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
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
}
