package org.data2vec4j.image.finetune;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.evaluation.finetune.TaskConfig;
import org.data2vec4j.image.ImageInputReader;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.Augmentation;
import org.data2vec4j.image.data.CenterCrop;
import org.data2vec4j.image.data.ColorJitter;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.RandomResizedCrop;
import org.data2vec4j.image.data.augment.Mixing;
import org.data2vec4j.image.data.augment.RandAugment;
import org.data2vec4j.image.data.augment.RandomErasing;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.task.classify.ClassifierConfig;
import org.data2vec4j.model.task.classify.ClassifierModel;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.data.InputReader;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.data.RunContext;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/**
 * Classes of pictures.
 *
 * @param size of the model's input, multiples of the patch; null for the pre-training run's
 * @param augmentation of training pictures
 * @param mixing of training pictures
 * @param evaluationCrop the middle part of a picture that is looked at when predicting, as a share of the sides of the largest
 *     one of the input's shape
 * @param dropPath probability that a sample skips a branch, at the last block; it grows linearly from 0 at the first
 * @param classifier what makes scores of the encoder's features
 */
@Kind("images")
public record ImageClassesConfig(
        @Nullable ImageSize size,
        Augmentation augmentation,
        Mixing mixing,
        double evaluationCrop,
        double dropPath,
        ClassifierConfig classifier)
        implements TaskConfig {
    /** Checks the ranges. */
    public ImageClassesConfig {
        Check.inRange("evaluation_crop", evaluationCrop, 0.1, 1);
        Check.inRange("drop_path", dropPath, 0, 0.99);
    }

    /** The published settings of data2vec 2.0's ViT-B. */
    public static ImageClassesConfig defaults() {
        return new ImageClassesConfig(
                null,
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

    @Override
    public ImageClassTask open(
            FineTuneConfig config, PretrainConfig pretrain, DType products, Device device, Consumer<String> warnings) {
        return new ImageClassTask(config, this, pretrain, products, device, warnings);
    }

    @Override
    public ClassifierModel model(
            EncoderConfig encoder, Supplier<FeatureEncoder> features, int outputs, long seed, Device device) {
        return new ClassifierModel(
                classifier, () -> new Encoder(features.get(), encoder), Math.max(1, outputs), seed, device);
    }

    @Override
    public String outputs() {
        return ImageClassTask.CLASSES;
    }

    @Override
    public Modality modality(Modality pretrained) {
        return pretrained instanceof ImageModality images ? ImageClassTask.sized(images, size) : pretrained;
    }

    /** The middles of single images, as large as {@code evaluation_crop} says. */
    @Override
    public Supplier<InputReader> readers(Modality modality, RunContext run) {
        if (!(modality instanceof ImageModality images)) {
            return modality.readers(run);
        }
        Augmentation middle = new Augmentation(new CenterCrop(evaluationCrop), false, ColorJitter.NONE);
        return () -> new ImageInputReader(images, middle, run.train().batch());
    }
}
