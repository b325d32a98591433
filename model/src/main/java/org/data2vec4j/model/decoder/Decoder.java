package org.data2vec4j.model.decoder;

import org.data2vec4j.model.modality.MaskedView;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** Predicts the features of masked places from the encoded visible tokens. */
public abstract class Decoder extends Module {
    /**
     * Predictions at the masked places.
     *
     * @param visible_RVD encoded visible tokens, without extra tokens
     * @param view the masks
     * @return (N, D), in the order of {@link MaskedView#masked()}
     */
    public abstract Tensor forward(Tensor visible_RVD, MaskedView view);

    /** All positions (R·T, D): visible tokens in their places, normal noise of this deviation in the masked ones. */
    static Tensor filled(Tensor visible_RVD, MaskedView view, double noise) {
        Tensor places = Tensors.empty(
                visible_RVD.type(),
                visible_RVD.device(),
                (long) view.rows() * view.grid().size(),
                visible_RVD.size(2));
        if (noise > 0) {
            places.normal_(0, noise);
        } else {
            places.zero_();
        }
        return view.scatter(visible_RVD, places);
    }
}
