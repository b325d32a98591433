package org.data2vec4j.model.modality;

import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.Tensor;

/** One learned vector that stands in every masked place (wav2vec 2.0, arXiv 2006.11477, section 3.1). Shapes: B, T, D, N masked. */
public final class MaskEmbedding extends Module {
    private final Parameter embedding_D;

    /** A vector for tokens of {@code width} features. */
    public MaskEmbedding(int width) {
        this.embedding_D = parameter("embedding", new Init.Between(0, 1), width);
    }

    /** The tokens (B, T, D) of samples, masked ones replaced; one clone to a sample. */
    public Tensor replace(Tensor tokens_BTD, MaskedView view) {
        if (view.masks().clones() != 1) {
            throw new IllegalArgumentException(view.masks().clones() + " clones; each sample needs its own tokens");
        }
        long width = tokens_BTD.size(2);
        Tensor masked_ND = embedding_D
                .value()
                .to(tokens_BTD.type())
                .view(1, -1)
                .expand(view.masked().count(), -1);
        return tokens_BTD
                .reshape(-1, width)
                .indexCopy(0, view.masked(), masked_ND)
                .view(tokens_BTD.shape());
    }
}
