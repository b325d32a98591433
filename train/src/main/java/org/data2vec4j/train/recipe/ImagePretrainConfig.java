package org.data2vec4j.train.recipe;

import org.data2vec4j.core.UserException;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.modality.EncoderConfig;
import org.data2vec4j.model.modality.image.ImageConfig;
import org.data2vec4j.train.EvaluateConfig;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.checkpoint.CheckpointConfig;
import org.data2vec4j.train.guard.GuardConfig;
import org.data2vec4j.train.optimiser.AdamWConfig;
import org.data2vec4j.train.schedule.Schedule;

/**
 * A pre-training run on images, as a recipe says it.
 *
 * @param seed of everything random
 * @param precision type of products
 * @param device where to train
 * @param data a folder of images, tar shards, or {@code synthetic}
 * @param run the run directory
 * @param image the encoder's inputs
 * @param input how pictures become inputs
 * @param model student and teacher
 * @param data2vec2 the method
 * @param optimiser the optimiser
 * @param schedule the learning rate's
 * @param train the loop
 * @param checkpoint when to save
 * @param guard when to stop as collapsed
 * @param evaluate when and on what to measure
 */
public record ImagePretrainConfig(
        long seed,
        Precision precision,
        String device,
        String data,
        String run,
        ImageConfig image,
        ImageInputConfig input,
        EncoderConfig model,
        Data2Vec2Config data2vec2,
        AdamWConfig optimiser,
        Schedule schedule,
        TrainConfig train,
        CheckpointConfig checkpoint,
        GuardConfig guard,
        EvaluateConfig evaluate) {
    /** Checks that the parts fit. */
    public ImagePretrainConfig {
        data2vec2.checkFits(model);
        if (image.channels() != 3) {
            throw new UserException("image.channels is " + image.channels() + "; pictures are read in 3 colours");
        }
        if (image.patch() == image.size()) {
            throw new UserException(
                    "image.patch is " + image.patch() + ", the whole image; a single patch leaves nothing to predict");
        }
    }

    /** The same run, measured otherwise. */
    public ImagePretrainConfig evaluating(EvaluateConfig other) {
        return new ImagePretrainConfig(
                seed,
                precision,
                device,
                data,
                run,
                image,
                input,
                model,
                data2vec2,
                optimiser,
                schedule,
                train,
                checkpoint,
                guard,
                other);
    }
}
