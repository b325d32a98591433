package org.data2vec4j.model.encoder;

import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Tensor;

/**
 * One learned vector that stands in every masked place (wav2vec 2.0, arXiv 2006.11477, section 3.1). Shapes: B samples, T positions,
 * N masked in all, D width.
 */
public final class MaskEmbedding extends Module {
    private final Parameter embedding_D;

    /** A vector for tokens of {@code width} features. */
    public MaskEmbedding(int width, Init init) {
        this.embedding_D = parameterWithoutDecay("embedding", init, width);
    }

    /** A vector that begins uniformly in [0, 1), as in wav2vec 2.0 and the models made from its code. */
    public static MaskEmbedding uniform(int width) {
        return new MaskEmbedding(width, new Init.Between(0, 1));
    }

    /** Tokens (B, T, D) with the vector in the masked places, float32; one clone to a sample. */
    public Tensor hide(Tensor tokens_BTD, MaskIndices view) {
        if (view.masks().clones() != 1) {
            throw new IllegalArgumentException(view.masks().clones() + " clones; each sample needs its own tokens");
        }
        long width = tokens_BTD.size(2);
        Tensor masks_ND = embedding_D.value().view(1, -1).expand(view.masked().size(0), -1);
        return tokens_BTD
                .to(DType.F32)
                .reshape(-1, width)
                .indexCopy(0, view.masked(), masks_ND)
                .view(tokens_BTD.shape());
    }
}
