package org.data2vec4j.model.method;

import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.nn.Weights;

/** A method that trains one encoder without a teacher. */
public interface SingleEncoderMethod extends PretrainingMethod {
    /** The encoder, and what is trained with it. */
    SingleEncoder trained();

    @Override
    default Weights weights() {
        return trained().weights();
    }

    @Override
    default Encoders encoders() {
        return Encoders.of("encoder", encoder());
    }

    /** The encoder. */
    default Encoder encoder() {
        return trained().encoder();
    }

    @Override
    default void train(boolean on) {
        trained().train(on);
    }
}
