package org.data2vec4j.lab.bench;

import org.jspecify.annotations.Nullable;

/**
 * What a case gave.
 *
 * @param name the recipe
 * @param input the batch, in words
 * @param parameters learned numbers of the encoder
 * @param ours milliseconds of a batch here
 * @param onnx of the same in ONNX Runtime; null where that is not there
 * @param difference the largest difference between the two's features; NaN without the other
 */
record InferenceResult(
        String name,
        String input,
        long parameters,
        Quantiles ours,
        @Nullable Quantiles onnx,
        double difference) {}
