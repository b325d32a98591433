package org.data2vec4j.model.method;

/** A self-supervised method: a model that learns from unlabelled data and leaves encoders behind. */
public interface PretrainingMethod extends TrainableModel {
    /** The encoders that can be kept when training is done. */
    Encoders encoders();
}
