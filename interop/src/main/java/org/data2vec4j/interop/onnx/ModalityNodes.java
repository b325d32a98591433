package org.data2vec4j.interop.onnx;

import java.util.Map;

/** What an ONNX file has of a modality: the nodes from its input to tokens, and how inputs are prepared. */
interface ModalityNodes {
    /** Adds the inputs and the feature encoder, to tokens of a width. */
    TokenValues tokens(ParameterNodes layers, int width);

    /** What positions are called in the names of dimensions. */
    String positions();

    /** Whether the number of positions that each sample fills is an output, named as {@link #positions}. */
    default boolean outputsPositions() {
        return false;
    }

    /** Adds how inputs are prepared to the file's metadata. */
    void describe(Map<String, String> metadata);
}
