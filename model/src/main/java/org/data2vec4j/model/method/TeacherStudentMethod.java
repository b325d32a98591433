package org.data2vec4j.model.method;

import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.model.teacher.Teacher;
import org.data2vec4j.tensor.Tensor;

/** A method whose student learns from a teacher that is its own moving average: each of the data2vecs. */
public interface TeacherStudentMethod extends PretrainingMethod {
    /** The two, and what is trained with them. */
    TeacherStudent pair();

    @Override
    default double afterUpdate(long update) {
        return pair().move(update);
    }

    @Override
    default Weights weights() {
        return pair().weights();
    }

    @Override
    default Map<String, Weights> companions() {
        return Map.of("teacher", teacher().weights());
    }

    @Override
    default Map<String, Encoder> encoders() {
        Map<String, Encoder> encoders = new LinkedHashMap<>();
        encoders.put("student", encoder());
        encoders.put("teacher", teacher().encoder());
        return encoders;
    }

    /** The student's encoder. */
    default Encoder encoder() {
        return pair().student();
    }

    /** The teacher. */
    default Teacher teacher() {
        return pair().teacher();
    }

    /** The teacher's targets (B, T, D) for whole inputs. */
    default Tensor targets(Input input) {
        return pair().targets(input);
    }
}
