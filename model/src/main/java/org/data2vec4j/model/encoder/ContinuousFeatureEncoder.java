package org.data2vec4j.model.encoder;

import java.util.List;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.tensor.Tensor;

/**
 * A feature encoder of a continuous signal that computes features first and projects them to tokens afterwards, as wav2vec 2.0's does:
 * methods that quantise or contrast features take them before the projection. Shapes: B samples, T positions, C {@link #channels()},
 * D width.
 */
public abstract class ContinuousFeatureEncoder extends FeatureEncoder {
    /** How many numbers a feature has, C. */
    public abstract int channels();

    /** (B, T, C): the features of a batch, before norm and projection. */
    public abstract Tensor extract(Input input);

    /** (B, T, C): extracted features, normalised; what a quantiser takes. */
    public abstract Tensor normalize(Tensor extracted_BTC);

    /** (B, T, D): normalised features as tokens. */
    public abstract Tensor project(Tensor normalised_BTC);

    /**
     * What changes inputs of this modality.
     *
     * @param augmentations what happens to each input, one after the other
     * @throws org.data2vec4j.core.UserException if an augmentation is of another modality, or data that it needs cannot be opened
     */
    public abstract InputAugmenter augmenter(List<InputAugmentation> augmentations, long seed);

    @Override
    public Tensor tokens(Input input, Layout layout) {
        return project(normalize(extract(input)));
    }
}
