package org.data2vec4j.interop.huggingface;

import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** Layers of heads, straight from a folder. */
final class HfHeads {
    private HfHeads() {}

    /** A linear layer over the last axis of (B, D) or (B, T, D). */
    static Tensor linear(HfFolder folder, String name, Tensor x) {
        return F.linear(x, folder.read(name + ".weight"), folder.read(name + ".bias"));
    }
}
