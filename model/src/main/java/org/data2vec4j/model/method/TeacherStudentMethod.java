package org.data2vec4j.model.method;

import java.util.Map;
import java.util.OptionalDouble;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.model.teacher.Teacher;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/** A method whose student learns from a teacher that is its own moving average: each of the data2vecs. */
public interface TeacherStudentMethod extends PretrainingMethod {
    /** The two, and what is trained with them. */
    TeacherStudent teacherStudent();

    @Override
    default OptionalDouble afterUpdate(long update) {
        return OptionalDouble.of(teacherStudent().move(update));
    }

    @Override
    default Weights weights() {
        return teacherStudent().weights();
    }

    @Override
    default Map<String, Weights> frozenWeights() {
        return Map.of("teacher", teacher().weights());
    }

    @Override
    default Encoders encoders() {
        return Encoders.studentAndTeacher(encoder(), teacher().encoder());
    }

    @Override
    default String collapseRemedy(String diagnostic) {
        return "slow the teacher (teacher.start and teacher.end)";
    }

    /** The student's encoder. */
    default Encoder encoder() {
        return teacherStudent().student();
    }

    /** The teacher. */
    default Teacher teacher() {
        return teacherStudent().teacher();
    }

    /** The teacher's targets (B, T, D) for whole inputs. */
    default Tensor targets(Input input) {
        return teacherStudent().targets(input, BatchStatistics.single());
    }
}
