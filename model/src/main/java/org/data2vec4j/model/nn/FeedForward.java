package org.data2vec4j.model.nn;

import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/** Two linear layers with a GELU between. */
public final class FeedForward extends Module {
    private final Linear fc1;
    private final Linear fc2;
    private final double dropout;

    /** From {@code width} through {@code hidden} features and back; dropout after the activation. */
    public FeedForward(int width, int hidden, double dropout) {
        this.fc1 = child("fc1", Linear.bert(width, hidden));
        this.fc2 = child("fc2", Linear.bert(hidden, width));
        this.dropout = dropout;
    }

    /** (…, width) to (…, width). */
    public Tensor forward(Tensor x) {
        return fc2.forward(F.dropout(F.gelu(fc1.forward(x)), training() ? dropout : 0));
    }
}
