package org.data2vec4j.model.method;

import java.util.List;
import java.util.function.Supplier;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.tensor.Device;

/** The settings of a pre-training method: a section of a recipe. */
public interface MethodConfig {
    /** What the method is called in sentences, such as {@code data2vec 2.0}. */
    String title();

    /** What the parameters' names of an encoder begin with. */
    String ENCODER = "encoder";
    /** The student's encoder, and the set of tensors in a checkpoint that holds all that is trained. */
    String STUDENT = "student";
    /** The teacher's encoder, and the set of tensors in a checkpoint that holds what it averages. */
    String TEACHER = "teacher";

    /**
     * The names of the method's encoders where each can be loaded without the rest of the method, the preferred one first: they are
     * {@link Encoder}s as a recipe says, whose parameters begin with {@link #ENCODER} in the set {@link #STUDENT}, and, of a
     * {@link #TEACHER}, in its own as far as they are averaged. Empty, as unless overridden, for a method that has to be built whole.
     */
    default List<String> savedEncoders() {
        return List.of();
    }

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
