package org.data2vec4j.evaluation.finetune;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.OneOf;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.checkpoint.CheckpointConfig;
import org.data2vec4j.train.optimizer.AdamWConfig;
import org.data2vec4j.train.schedule.Schedule;

/**
 * A fine-tuning run, as a recipe says it. The encoder and how its data is read come from the pre-training run.
 *
 * @param seed of everything random
 * @param precision type of products
 * @param device where to train
 * @param from the pre-training run whose encoder is fine-tuned
 * @param weights what the encoder begins with
 * @param data labelled training data
 * @param labelled the share of the training data whose labels are used, 0 to 1: the same samples for the same {@code subsetSeed}
 * @param subsetSeed chooses those samples
 * @param test labelled data to measure on; several separated by commas
 * @param run the run directory
 * @param task what is learned
 * @param optimizer the optimizer
 * @param schedule the learning rate's
 * @param train the loop
 * @param checkpoint when to save
 * @param evaluate when to measure
 */
public record FineTuneConfig(
        long seed,
        Precision precision,
        String device,
        String from,
        Initial weights,
        String data,
        double labelled,
        long subsetSeed,
        String test,
        String run,

        @OneOf TaskConfig task,

        AdamWConfig optimizer,
        Schedule schedule,
        TrainConfig train,
        CheckpointConfig checkpoint,
        FineTuneEvaluateConfig evaluate) {
    /** What an encoder begins with. */
    public enum Initial {
        /** The pre-trained student, or the only one. */
        STUDENT,
        /** The pre-trained teacher; what it shares with the student is the student's. */
        TEACHER,
        /** The only pre-trained one, of a method without a teacher. */
        ENCODER,
        /** Nothing: as if there had been no pre-training, the control. */
        RANDOM
    }

    /** Checks the ranges. */
    public FineTuneConfig {
        if (from.isEmpty()) {
            throw new SettingException(
                    "from", "is empty; give the directory that d2v pretrain wrote, as in from=runs/speech");
        }
        Check.setting(labelled > 0 && labelled <= 1, "labelled", "is " + labelled + "; allowed: above 0 to 1");
    }
}
