package org.data2vec4j.model.modality;

import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.Tensor;

/** The local encoder of a modality: from an input to tokens with positions, one by one, before anything is masked. */
public abstract class FrontEnd extends Module {
    /** Tokens (B, T, D) of a batch of inputs, positions added; T is the size of {@link #grid}. */
    public abstract Tensor tokens(Tensor source);

    /** How the tokens of such inputs are laid out. */
    public abstract Grid grid(Tensor source);

    /** What each token sees of the input, (B, T, values): the target of a reconstruction loss. */
    public abstract Tensor pieces(Tensor source);

    /** How many values {@link #pieces} has for a token. */
    public abstract int pieceSize();
}
