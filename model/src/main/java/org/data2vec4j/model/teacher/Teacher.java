package org.data2vec4j.model.teacher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Tensor;

/**
 * A slowly moving average of the student's encoder, or of a part of it, in float32 whatever the student computes in. It never drops anything out,
 * is never differentiated, and moves only when {@link #update} is called: once per optimiser update, after it.
 */
public final class Teacher {
    private final Encoder encoder;
    private final Weights weights;
    private final Tensor source;
    private final boolean sharesTokens;

    /**
     * A teacher for a student whose weights begin with what the teacher averages.
     *
     * @param encoder a second encoder of the student's build, without a place yet
     * @param student the student's weights: first {@code part}'s modules of its encoder, then the rest of it
     * @param part what is averaged; all else is the student's own
     */
    public Teacher(Encoder encoder, Weights student, TeacherPart part, Device device) {
        this.encoder = encoder;
        this.sharesTokens =
                part != TeacherPart.ENCODER && !encoder.featureEncoder().drops();
        this.weights = Weights.allocate(device, part.of(encoder));
        List<String> own = layout(weights);
        List<String> whole = layout(student);
        if (own.size() > whole.size() || !own.equals(whole.subList(0, own.size()))) {
            throw new IllegalArgumentException("the student's weights do not begin with what its teacher averages");
        }
        this.source = student.values().narrow(0, 0, weights.values().numel());
        student.lendTo("encoder", encoder);
        copyStudent();
    }

    private static List<String> layout(Weights weights) {
        List<String> layout = new ArrayList<>();
        weights.parameters().forEach((name, parameter) -> layout.add(name + Arrays.toString(parameter.shape())));
        return layout;
    }

    /** Makes the teacher equal to the student: at the start of training. */
    public void copyStudent() {
        Grad.noGrad(() -> {
            weights.values().copy_(source.detach());
        });
    }

    /** Moves towards the student: {@code teacher ← decay·teacher + (1 − decay)·student} (equation 1 of data2vec). */
    public void update(double decay) {
        Grad.noGrad(() -> {
            weights.values().lerp_(source.detach(), 1 - decay);
        });
    }

    /** Shows a visitor the blocks of the teacher's pass over whole inputs; nothing is recorded. */
    public void forward(Input input, Block.Visitor visitor) {
        Grad.noGrad(() -> encoder.forward(input, visitor));
    }

    /** Whether a student's tokens of whole inputs are the teacher's too: its feature encoder is the student's and drops nothing. */
    public boolean sharesTokens() {
        return sharesTokens;
    }

    /** {@link #forward} of inputs whose tokens (B, T, D) are known already. */
    public void encode(Tensor tokens_BTD, Layout layout, Block.Visitor visitor) {
        Grad.noGrad(() -> encoder.encode(tokens_BTD.detach(), layout, visitor));
    }

    /** The teacher's encoder, for evaluation. */
    public Encoder encoder() {
        return encoder;
    }

    /** The teacher's weights, for checkpoints. */
    public Weights weights() {
        return weights;
    }
}
