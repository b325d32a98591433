package org.data2vec4j.evaluation.suite;

import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.evaluation.probe.Features;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Device;
import org.jspecify.annotations.Nullable;

/** Labelled samples of a modality, in a fixed order: sample {@code i} of 0 to {@code size() - 1} is always the same one. */
public interface Samples {
    /** How many there are. */
    int size();

    /** The classes' names. */
    List<String> classes();

    /** A class, −1 if unknown. */
    int label(int index);

    /** The sample's number in the data it was chosen from, which does not depend on how many were chosen. */
    long id(int index);

    /** A hash over what the samples are and their labels. */
    String fingerprint();

    /**
     * Gives all that can be read, once, in order, in batches; each batch's tensors die after {@code work}. {@link Input#ids} are
     * indices here.
     */
    void each(Device device, Consumer<Input> work);

    /** Features that nothing was learned for, in the scope open now; {@link Features#ids} are indices here. */
    Features raw();

    /** What {@link #raw} is, such as {@code pixels}. */
    String rawName();

    /** The same samples as training would change them, another way for another seed; null if that is not known. */
    default @Nullable Samples altered(long seed) {
        return null;
    }
}
