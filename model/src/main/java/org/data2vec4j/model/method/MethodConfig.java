package org.data2vec4j.model.method;

import java.util.function.Supplier;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.tensor.Device;

/** The settings of a pre-training method: a section of a recipe. */
public interface MethodConfig {
    /** What the method is called in sentences, such as {@code data2vec 2.0}. */
    String title();

    /** Which places of an input are masked. */
    MaskStrategy mask();

    /** How many masked versions of each sample a step has. */
    default int clones() {
        return 1;
    }

    /** Throws a {@link org.data2vec4j.core.UserException} unless these settings fit an encoder. */
    default void checkFits(EncoderConfig encoder) {}

    /**
     * Throws a {@link org.data2vec4j.core.UserException} unless the method can learn from what this feature encoder reads; called
     * when a recipe is bound, before its data is opened.
     */
    default void checkFits(FeatureEncoder featureEncoder) {}

    /**
     * The method on a new model, begun by {@code seed}; its memory belongs to the {@link org.data2vec4j.tensor.Scope} open now.
     *
     * @param featureEncoder makes the modality's feature encoder, as often as the method has encoders
     */
    PretrainingMethod build(
            EncoderConfig encoder, Supplier<? extends FeatureEncoder> featureEncoder, long seed, Device device);
}
