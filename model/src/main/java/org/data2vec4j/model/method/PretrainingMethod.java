package org.data2vec4j.model.method;

import java.util.Map;
import org.data2vec4j.model.encoder.Encoder;

/** A self-supervised method: a model that learns from unlabelled data and leaves encoders behind. */
public interface PretrainingMethod extends TrainableModel {
    /** The encoders that can be kept when training is done, by name, the preferred one first. */
    Map<String, Encoder> encoders();
}
