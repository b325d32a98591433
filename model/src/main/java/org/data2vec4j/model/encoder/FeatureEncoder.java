package org.data2vec4j.model.encoder;

import org.data2vec4j.core.UserException;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.Tensor;

/** The local encoder of a modality: from an input to tokens, before anything is masked. */
public abstract class FeatureEncoder extends Module {
    /** How the tokens of a batch lie: the grid, each sample's length, and what may be masked. */
    public abstract Layout layout(Input input);

    /** Tokens (B, T, D) of a batch of inputs; T is the size of the layout's grid. */
    public abstract Tensor tokens(Input input, Layout layout);

    /** In how many directions positions extend: 2 for images, 1 for sequences. */
    public abstract int axes();

    /** Whether tokens leave with a norm of their own, so that none need follow. */
    public boolean normalizes() {
        return false;
    }

    /** Whether two passes over one input in training give different tokens, because something is dropped out. */
    public boolean drops() {
        return false;
    }

    /** About how many bytes it needs at once for one sample of a batch, while nothing is recorded for gradients; 0 if next to none. */
    public long workingBytes(Input input) {
        return 0;
    }

    /** What each token sees of the input, (B, T, values): the target of a reconstruction loss. */
    public Tensor patches(Tensor source) {
        throw new UserException("this modality has nothing to reconstruct; set the reconstruction loss to 0");
    }

    /** How many values {@link #patches} has for a token. */
    public int patchSize() {
        throw new UserException("this modality has nothing to reconstruct; set the reconstruction loss to 0");
    }
}
