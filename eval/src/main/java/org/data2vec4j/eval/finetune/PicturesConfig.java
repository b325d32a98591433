package org.data2vec4j.eval.finetune;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.data.image.Augmentation;
import org.data2vec4j.data.image.ColorJitter;
import org.data2vec4j.data.image.RandomResizedCrop;
import org.data2vec4j.data.image.augment.Mixing;
import org.data2vec4j.data.image.augment.RandAugment;
import org.data2vec4j.data.image.augment.RandomErasing;
import org.data2vec4j.model.task.classify.ClassifierConfig;

/**
 * Classes of pictures.
 *
 * @param size side of the model's input in pixels, a multiple of the patch; 0 for the pre-training run's
 * @param augmentation of training pictures
 * @param mixing of training pictures
 * @param evaluationCrop side of the middle square that is looked at when predicting, as a share of the picture's shorter side
 * @param dropPath probability that a sample skips a branch, at the last block; it grows linearly from 0 at the first
 * @param classifier what makes scores of the encoder's features
 */
@Kind("pictures")
public record PicturesConfig(
        int size,
        Augmentation augmentation,
        Mixing mixing,
        double evaluationCrop,
        double dropPath,
        ClassifierConfig classifier) {
    /** Checks the ranges. */
    public PicturesConfig {
        Check.inRange("pictures.size", size, 0, 1 << 13);
        Check.inRange("pictures.evaluation_crop", evaluationCrop, 0.1, 1);
        Check.inRange("pictures.drop_path", dropPath, 0, 0.99);
    }

    /** The published settings of data2vec 2.0's ViT-B. */
    public static PicturesConfig defaults() {
        return new PicturesConfig(
                0,
                new Augmentation(
                        RandomResizedCrop.ofScale(0.08, 1),
                        true,
                        ColorJitter.NONE,
                        new RandAugment(2, 9, 0.5, 0.5),
                        new RandomErasing(0.25, 0.02, 1.0 / 3, 0.3)),
                new Mixing(0.7, 1, 0.9, 0.5),
                0.875,
                0.1,
                ClassifierConfig.images());
    }
}
