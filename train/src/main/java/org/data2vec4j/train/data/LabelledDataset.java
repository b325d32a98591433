package org.data2vec4j.train.data;

import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Labelled samples of a modality in a fixed order: sample {@code i} of 0 to {@code size() - 1} is always the same one. Used by one
 * thread.
 */
public interface LabelledDataset {
    /** The number of samples. */
    int size();

    /** The names of the classes. */
    List<String> classes();

    /** The class of a sample, −1 if it is unknown. */
    int label(int index);

    /** The number of a sample in the data it was chosen from, which does not depend on how many were chosen. */
    long id(int index);

    /** A hash over what the samples are and their labels. */
    String fingerprint();

    /**
     * Gives all samples that can be read, once, in order, in batches; the tensors of a batch die after {@code work}. {@link
     * Input#ids} are indices here.
     */
    void forEachBatch(Device device, Consumer<Input> work);

    /**
     * The features that nothing was learned for, the control: float32 on the CPU, (B, D), in the scope open now.
     *
     * @param batch one of {@link #forEachBatch}
     */
    Tensor baselineFeatures(Input batch);

    /** What {@link #baselineFeatures} are, such as {@code pixels}. */
    String baselineName();

    /** The same samples as training would augment them, another way for another seed; null if training does not augment. */
    default @Nullable LabelledDataset augmented(long seed) {
        return null;
    }

    /** How a page shows a sample. */
    Preview preview(int index);
}
