package org.data2vec4j.model.method;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.BatchStatistics;

/** What is measured of an observed update in which a student predicted a teacher's targets. */
public final class RegressionDiagnostics {
    private RegressionDiagnostics() {}

    /**
     * The share of masked places, the spread of targets, predictions and every stage of the student, and what explains the targets.
     *
     * @param expected_ND the targets at masked places
     * @param predicted_ND what the student made of them
     * @param targets_BTD the targets everywhere
     * @param encoded what the student's encoder gave
     * @param rows which rows (N, D) of a stage's tokens, extra ones left out, are measured: those of places that the student saw
     * @param statistics over the shares of all processes
     */
    public static List<Diagnostic> of(
            MaskIndices view,
            Tensor expected_ND,
            Tensor predicted_ND,
            Tensor targets_BTD,
            Encoder.Output encoded,
            UnaryOperator<Tensor> rows,
            BatchStatistics statistics) {
        return Grad.noGrad(() -> {
            try (Scope pass = Scope.open()) {
                List<Diagnostic> diagnostics = new ArrayList<>();
                diagnostics.add(FeatureDiagnostics.share(view.masks(), statistics));
                diagnostics.add(
                        Diagnostic.Definition.TARGET_STD.of(FeatureDiagnostics.deviation(expected_ND, statistics)));
                diagnostics.add(Diagnostic.Definition.PREDICTION_STD.of(
                        FeatureDiagnostics.deviation(predicted_ND, statistics)));
                diagnostics.addAll(FeatureDiagnostics.explained(targets_BTD, view.layout(), statistics));
                diagnostics.add(Diagnostic.Definition.TARGET_RANK.of(
                        FeatureDiagnostics.effectiveRank(expected_ND, statistics)));
                diagnostics.add(Diagnostic.Definition.STUDENT_RANK.of(
                        FeatureDiagnostics.effectiveRank(rows.apply(encoded.positions()), statistics)));
                diagnostics.addAll(FeatureDiagnostics.stages(encoded, rows, statistics));
                return diagnostics;
            }
        });
    }
}
