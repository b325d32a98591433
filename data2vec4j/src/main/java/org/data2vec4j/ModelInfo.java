package org.data2vec4j;

/**
 * What is known of a loaded model.
 *
 * @param modality the kind of data, as the recipe's section names it: {@code image}, {@code audio}, {@code text}
 * @param samples what its samples are called, in the plural
 * @param method the method, in words
 * @param width the numbers of a vector, D
 * @param layers blocks, the pre-net's and the shared ones
 * @param inputSize how large an input is, in words, such as {@code 224x224 pixels}; empty where every length will do
 * @param sampleRate values a second of its signal; 0 where data is no signal over time
 * @param weights {@code student} or {@code teacher}
 * @param update the update of the checkpoint
 * @param origin where the model comes from, in words
 */
public record ModelInfo(
        String modality,
        String samples,
        String method,
        int width,
        int layers,
        String inputSize,
        int sampleRate,
        String weights,
        long update,
        String origin) {}
