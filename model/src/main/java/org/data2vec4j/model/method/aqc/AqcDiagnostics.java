package org.data2vec4j.model.method.aqc;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.model.contrast.Contrast;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.RegressionDiagnostics;
import org.data2vec4j.model.quantizer.Quantized;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.jspecify.annotations.Nullable;

/** What is measured of an observed update. */
final class AqcDiagnostics {
    private AqcDiagnostics() {}

    static List<Diagnostic> of(
            MaskIndices view,
            Tensor expected,
            Tensor predicted,
            Tensor targets_BTD,
            Encoder.Output encoded,
            CrossContrast.@Nullable Result cross,
            BatchStatistics statistics) {
        return Grad.noGrad(() -> {
            try (Scope pass = Scope.open()) {
                List<Diagnostic> diagnostics = new ArrayList<>(RegressionDiagnostics.of(
                        view, expected, predicted, targets_BTD, encoded, view::shownRows, statistics));
                if (cross != null) {
                    diagnostics.addAll(ofTasks(cross, statistics));
                }
                return diagnostics;
            }
        });
    }

    private static List<Diagnostic> ofTasks(CrossContrast.Result cross, BatchStatistics statistics) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        diagnostics.add(new Diagnostic(
                "contrast/student_accuracy", Contrast.accuracy(cross.scores_NK().get(0), statistics)));
        diagnostics.add(new Diagnostic(
                "contrast/teacher_accuracy", Contrast.accuracy(cross.scores_NK().get(1), statistics)));
        double alike = cross.alike().getAsDouble();
        if (!Double.isNaN(alike)) {
            diagnostics.add(new Diagnostic("contrast/same_cluster", alike));
        }
        Quantized quantised = cross.quantised();
        if (quantised != null) {
            diagnostics.addAll(quantised.diagnostics(statistics));
        }
        return diagnostics;
    }
}
