package org.data2vec4j.model.task.classify;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.model.task.FreezeConfig;
import org.data2vec4j.model.task.TokenMaskConfig;

/**
 * Classes, or one number, for a whole input.
 *
 * @param head what makes scores of features
 * @param labelSmoothing share of a label that goes to all classes alike
 * @param layerDecay factor on the learning rate from each block to the one before it; the feature encoder counts as one more
 * @param tokenMask what is hidden in training
 * @param freeze what does not learn
 * @param average decay of a moving average of the weights, which then does the predicting; 0 for none
 */
@Kind("classifier")
public record ClassifierConfig(
        ClassifierHeadConfig head,
        double labelSmoothing,
        double layerDecay,
        TokenMaskConfig tokenMask,
        FreezeConfig freeze,
        double average) {
    /** Checks the ranges. */
    public ClassifierConfig {
        Check.inRange("label_smoothing", labelSmoothing, 0, 0.99);
        Check.inRange("layer_decay", layerDecay, 0.01, 1);
        Check.inRange("average", average, 0, 0.999999);
    }

    /** Without an average of the weights. */
    public ClassifierConfig(
            ClassifierHeadConfig head,
            double labelSmoothing,
            double layerDecay,
            TokenMaskConfig tokenMask,
            FreezeConfig freeze) {
        this(head, labelSmoothing, layerDecay, tokenMask, freeze, 0);
    }

    /** MAE's and data2vec's for images: mean, norm and linear, smoothed labels, a rate that decays by layer. */
    public static ClassifierConfig images() {
        return new ClassifierConfig(
                ClassifierHeadConfig.Mean.defaults(),
                0.1,
                0.65,
                TokenMaskConfig.defaults(),
                FreezeConfig.defaults(),
                0);
    }

    /** RoBERTa's for texts. */
    public static ClassifierConfig defaults() {
        return new ClassifierConfig(
                ClassifierHeadConfig.First.defaults(), 0, 1, TokenMaskConfig.defaults(), FreezeConfig.defaults());
    }
}
