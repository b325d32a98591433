package org.data2vec4j.model.contrast;

import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.Tensor;

/** Brings context and quantised targets to the features in which they are compared. */
public final class ContrastHead extends Module {
    private final Linear context;
    private final Linear targets;

    /** Projections to {@code width} features. */
    public ContrastHead(int contextWidth, int targetWidth, int width) {
        this.context = child("context", Linear.standard(contextWidth, width));
        this.targets = child("targets", Linear.standard(targetWidth, width));
    }

    /** Features of the context, (N, in) to (N, width). */
    public Tensor context(Tensor x) {
        return context.forward(x);
    }

    /** Features of quantised targets, (N, in) to (N, width). */
    public Tensor targets(Tensor x) {
        return targets.forward(x);
    }
}
