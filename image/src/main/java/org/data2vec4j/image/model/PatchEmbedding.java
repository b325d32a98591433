package org.data2vec4j.image.model;

import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** A linear map of non-overlapping square patches (Dosovitskiy et al., 2021); a convolution whose stride is its kernel. */
final class PatchEmbedding extends Module {
    private final Parameter weight;
    private final Parameter bias;

    PatchEmbedding(int channels, int patch, int width) {
        long inputs = (long) channels * patch * patch;
        weight = parameter("weight", Init.Uniform.xavier(inputs, width), width, channels, patch, patch);
        bias = parameter("bias", Init.ZEROS, width);
    }

    /** (B, T, C·p·p) pieces to (B, T, D). */
    Tensor forward(Tensor pieces_BTP) {
        return F.linear(pieces_BTP, weight.value().view(weight.shape()[0], -1), bias.value());
    }
}
