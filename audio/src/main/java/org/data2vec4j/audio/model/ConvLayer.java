package org.data2vec4j.audio.model;

import org.data2vec4j.core.Check;

/**
 * One convolution of the feature extractor.
 *
 * @param channels outputs
 * @param kernel width in inputs
 * @param stride inputs between outputs
 */
public record ConvLayer(int channels, int kernel, int stride) {
    /** Checks the ranges. */
    public ConvLayer {
        Check.positive("channels", channels);
        Check.inRange("kernel", kernel, 1, 100_000);
        Check.inRange("stride", stride, 1, 100_000);
    }

    /** How many outputs so many inputs have; 0 if they are fewer than the kernel. */
    public long outputs(long inputs) {
        return inputs < kernel ? 0 : (inputs - kernel) / stride + 1;
    }
}
