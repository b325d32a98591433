package org.data2vec4j.train;

import java.util.List;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.train.listener.Metric;

/** Measures a method's encoders during training; its time does not count as training. */
@FunctionalInterface
public interface Evaluator {
    /** Measures nothing. */
    Evaluator NONE = method -> List.of();

    /** What was measured, under names that begin with {@code eval/}; empty if nothing was. */
    List<Metric> evaluate(PretrainingMethod method);
}
