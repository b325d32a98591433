package org.data2vec4j.model.method;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.model.modality.MaskedView;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;

/** What is measured of an observed update in which a student predicted a teacher's targets. */
public final class RegressionMonitors {
    private RegressionMonitors() {}

    /**
     * The share of masked places, the spread of targets, predictions and every stage of the student, and what explains the targets.
     *
     * @param expected_ND the targets at masked places
     * @param predicted_ND what the student made of them
     * @param targets_BTD the targets everywhere
     * @param encoded what the student's encoder gave
     * @param rows which rows (N, D) of a stage's tokens, extra ones left out, are measured: those of places that the student saw
     */
    public static List<Monitor> of(
            MaskedView view,
            Tensor expected_ND,
            Tensor predicted_ND,
            Tensor targets_BTD,
            Encoder.Output encoded,
            UnaryOperator<Tensor> rows) {
        return Grad.off(() -> {
            try (Scope pass = Scope.open()) {
                List<Monitor> monitors = new ArrayList<>();
                monitors.add(Health.share(view.masks()));
                monitors.add(new Monitor("target/deviation", Health.deviation(expected_ND)));
                monitors.add(new Monitor("prediction/deviation", Health.deviation(predicted_ND)));
                monitors.addAll(Health.explained(targets_BTD, view.layout()));
                monitors.add(new Monitor("health/target_rank", Health.effectiveRank(expected_ND)));
                monitors.add(new Monitor("health/student_rank", Health.effectiveRank(rows.apply(encoded.positions()))));
                monitors.addAll(Health.stages(encoded, rows));
                return monitors;
            }
        });
    }
}
