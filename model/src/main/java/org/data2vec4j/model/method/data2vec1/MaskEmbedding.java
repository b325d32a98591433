package org.data2vec4j.model.method.data2vec1;

import org.data2vec4j.model.modality.MaskedView;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Tensor;

/** The learned vector in masked places. Shapes: B samples, T positions, N masked in all, D width. */
public final class MaskEmbedding extends Module {
    private final Parameter embedding_D;

    MaskEmbedding(int width) {
        this.embedding_D = parameterWithoutDecay("embedding", new Init.Normal(0.02), width);
    }

    /** Tokens (B, T, D) with the vector in the masked places, float32. */
    Tensor hide(Tensor tokens_BTD, MaskedView view) {
        long width = tokens_BTD.size(2);
        Tensor rows = tokens_BTD.to(DType.F32).reshape(-1, width);
        Tensor masks_ND = embedding_D.value().view(1, -1).expand(view.masked().size(0), -1);
        return rows.indexCopy(0, view.masked(), masks_ND).view(tokens_BTD.shape());
    }
}
