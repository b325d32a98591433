package org.data2vec4j.model.decoder;

import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** Predicts the features of masked places from the encoded visible tokens. */
public abstract class Decoder extends Module {
    /**
     * Predictions at the masked places.
     *
     * @param visible_RVD encoded visible tokens, without extra tokens
     * @param view the masks
     * @return (N, D), in the order of {@link MaskIndices#masked()}
     */
    public abstract Tensor forward(Tensor visible_RVD, MaskIndices view);

    /** All positions (R·T, D): visible tokens in their places, normal noise of this deviation in the masked ones. */
    static Tensor filled(Tensor visible_RVD, MaskIndices view, double noise) {
        Tensor places = Tensors.empty(
                visible_RVD.type(),
                visible_RVD.device(),
                (long) view.rows() * view.grid().size(),
                visible_RVD.size(2));
        if (noise == 0) {
            places.zero_();
        } else if (!view.masks().keyed()) {
            places.normal_(0, noise);
        } else {
            Tensor noise_ND = noise(view, visible_RVD.size(2), noise, visible_RVD.device());
            places.zero_().indexCopy_(0, view.masked(), noise_ND.to(visible_RVD.type()));
        }
        return view.scatter(visible_RVD, places);
    }

    /**
     * (N, D): normal noise for the masked places, in the order of {@link MaskIndices#masked()}. That of drawn masks is keyed as the
     * masks are: the same whatever the sample's neighbours, and in whichever process it is.
     */
    static Tensor noise(MaskIndices view, long width, double deviation, Device device) {
        Tensor noise_ND = Tensors.empty(DType.F32, device, view.masks().masked(), width);
        if (!view.masks().keyed()) {
            return noise_ND.normal_(0, deviation);
        }
        long start = 0;
        for (int row = 0; row < view.rows(); row++) {
            long count = view.masks().masked(row);
            if (count > 0) {
                try (Scope scope = Scope.open()) {
                    noise_ND.narrow(0, start, count)
                            .normal_(0, deviation, view.masks().key(row));
                }
            }
            start += count;
        }
        return noise_ND;
    }
}
