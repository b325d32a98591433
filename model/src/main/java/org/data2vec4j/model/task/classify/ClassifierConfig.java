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
 * @param layerDecay factor on the learning rate from each block to the one before it; the front end counts as one more
 * @param tokenMask what is hidden in training
 * @param freeze what does not learn
 */
@Kind("classifier")
public record ClassifierConfig(
        HeadConfig head, double labelSmoothing, double layerDecay, TokenMaskConfig tokenMask, FreezeConfig freeze) {
    /** Checks the ranges. */
    public ClassifierConfig {
        Check.inRange("classifier.label_smoothing", labelSmoothing, 0, 0.99);
        Check.inRange("classifier.layer_decay", layerDecay, 0.01, 1);
    }

    /** RoBERTa's for texts. */
    public static ClassifierConfig defaults() {
        return new ClassifierConfig(
                HeadConfig.First.defaults(), 0, 1, TokenMaskConfig.defaults(), FreezeConfig.defaults());
    }
}
