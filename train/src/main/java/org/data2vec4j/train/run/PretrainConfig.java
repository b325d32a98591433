package org.data2vec4j.train.run;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.OneOf;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.EvaluateConfig;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.checkpoint.CheckpointConfig;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.data.RunContext;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.optimizer.AdamWConfig;
import org.data2vec4j.train.schedule.Schedule;

/**
 * A pre-training run, as a recipe says it: one section names the kind of data, one the method, the rest is common to all.
 *
 * @param seed of everything random
 * @param precision type of products
 * @param device where to train
 * @param data where the training data is: a folder, shards, or {@code synthetic}
 * @param run the run directory
 * @param modality the kind of data, and the encoder's feature encoder
 * @param model the encoder behind it
 * @param method the method
 * @param optimizer the optimizer
 * @param schedule the learning rate's
 * @param train the loop
 * @param checkpoint when to save
 * @param guard when to stop as collapsed
 * @param evaluate when and on what to measure
 */
public record PretrainConfig(
        long seed,
        Precision precision,
        String device,
        String data,
        String run,

        @OneOf Modality modality,

        EncoderConfig model,

        @OneOf MethodConfig method,

        AdamWConfig optimizer,
        Schedule schedule,
        TrainConfig train,
        CheckpointConfig checkpoint,
        GuardConfig guard,
        EvaluateConfig evaluate) {
    /** Checks that the parts fit. */
    public PretrainConfig {
        Check.within("modality", () -> modality.checkFits(model));
        Check.within("method", () -> method.checkFits(model));
        method.checkFits(modality.featureEncoder(model.width()).get()); // which has no memory yet
    }

    /** The model and its method, begun by the recipe's seed, in the scope open now. */
    public PretrainingMethod build(Device device) {
        return method.build(model, modality.featureEncoder(model.width()), seed, device);
    }

    /** An encoder of the method's, without a place in memory. */
    public Encoder encoder() {
        return new Encoder(modality.featureEncoder(model.width()).get(), model);
    }

    /**
     * What the modality may know of this run.
     *
     * @param messages told what takes time, and what is left out
     */
    public RunContext context(Consumer<String> messages) {
        return new RunContext(Path.of(run), train, seed, messages);
    }
}
