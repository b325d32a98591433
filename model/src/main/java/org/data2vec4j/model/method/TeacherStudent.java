package org.data2vec4j.model.method;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.model.teacher.TargetSum;
import org.data2vec4j.model.teacher.Targets;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.Teacher;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/**
 * What every data2vec has: a student's encoder, the teacher that is its moving average, and the targets that the teacher makes of
 * whole inputs. Shapes: B samples, T positions, D width.
 */
public final class TeacherStudent {
    private final Encoder student;
    private final Weights weights;
    private final Teacher teacher;
    private final TeacherConfig teaching;
    private final Targets targets;

    /**
     * Gives the student and what is trained beside it their weights, begun by {@code seed}, and a teacher that is equal to it; their
     * memory belongs to the {@link Scope} open now.
     *
     * @param second another encoder of the student's build, to be the teacher's
     * @param beside what else is trained, by name
     */
    public TeacherStudent(
            Encoder student,
            Encoder second,
            Map<String, Module> beside,
            TeacherConfig teaching,
            TargetsConfig targets,
            long seed,
            Device device) {
        this.student = student;
        this.teaching = teaching;
        this.targets = new Targets(targets);
        // What the teacher averages comes first, so that it is one stretch of the student's weights.
        Map<String, Module> modules = new LinkedHashMap<>(teaching.part().of(student));
        modules.put("encoder", student);
        modules.putAll(beside);
        this.weights = Weights.allocate(device, modules);
        weights.initialise(seed);
        weights.trainable();
        this.teacher = new Teacher(second, weights, teaching.part(), device);
    }

    /** The student's encoder. */
    public Encoder student() {
        return student;
    }

    /** The teacher. */
    public Teacher teacher() {
        return teacher;
    }

    /** All that is trained. */
    public Weights weights() {
        return weights;
    }

    /**
     * Moves the teacher, once, after an optimiser update.
     *
     * @param update updates done before that one
     * @return the decay it moved with
     */
    public double move(long update) {
        double decay = teaching.decay(update);
        teacher.update(decay);
        return decay;
    }

    /** The targets (B, T, D) of whole inputs of which all processes hold a share. */
    public Tensor targets(Input input, BatchStatistics statistics) {
        return compute(student.featureEncoder().layout(input), blocks -> teacher.forward(input, blocks), statistics);
    }

    /**
     * {@link #targets(Input, BatchStatistics)}, without a second pass through a feature encoder that the teacher shares and that drops nothing.
     *
     * @param tokens_BTD the student's tokens of the same inputs, nothing hidden
     */
    public Tensor targets(Input input, Tensor tokens_BTD, Layout layout, BatchStatistics statistics) {
        return teacher.sharesTokens()
                ? compute(layout, blocks -> teacher.encode(tokens_BTD, layout, blocks), statistics)
                : compute(layout, blocks -> teacher.forward(input, blocks), statistics);
    }

    private Tensor compute(Layout layout, Consumer<Block.Visitor> teach, BatchStatistics statistics) {
        return Grad.noGrad(() -> {
            try (Scope pass = Scope.open()) {
                Device device = weights.values().device();
                TargetSum sum = targets.sum(teacher.encoder().config(), layout, device, statistics);
                teach.accept(sum);
                return pass.keep(sum.targets());
            }
        });
    }
}
