package org.data2vec4j.model.method;

import org.data2vec4j.tensor.Tensor;

/**
 * A batch on the device.
 *
 * @param source the inputs: images are (B, C, H, W)
 * @param ids the samples' stable numbers, which key their masks
 */
@SuppressWarnings("ArrayRecordComponent") // on its way through one step; never compared
public record Input(Tensor source, long[] ids) {}
