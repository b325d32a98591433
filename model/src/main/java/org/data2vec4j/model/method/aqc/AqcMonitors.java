package org.data2vec4j.model.method.aqc;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.model.contrast.Contrast;
import org.data2vec4j.model.method.Monitor;
import org.data2vec4j.model.method.RegressionMonitors;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.model.modality.MaskedView;
import org.data2vec4j.model.quantise.Quantised;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What is measured of an observed update. */
final class AqcMonitors {
    private AqcMonitors() {}

    static List<Monitor> of(
            MaskedView view,
            Tensor expected,
            Tensor predicted,
            Tensor targets_BTD,
            Encoder.Output encoded,
            CrossContrast.@Nullable Result cross) {
        return Grad.off(() -> {
            try (Scope pass = Scope.open()) {
                List<Monitor> monitors = new ArrayList<>(
                        RegressionMonitors.of(view, expected, predicted, targets_BTD, encoded, view::shownRows));
                if (cross != null) {
                    monitors.addAll(ofTasks(cross));
                }
                return monitors;
            }
        });
    }

    private static List<Monitor> ofTasks(CrossContrast.Result cross) {
        List<Monitor> monitors = new ArrayList<>();
        monitors.add(new Monitor(
                "contrast/student_accuracy", Contrast.accuracy(cross.scores_NK().get(0))));
        monitors.add(new Monitor(
                "contrast/teacher_accuracy", Contrast.accuracy(cross.scores_NK().get(1))));
        double alike = cross.alike().getAsDouble();
        if (!Double.isNaN(alike)) {
            monitors.add(new Monitor("contrast/same_cluster", alike));
        }
        Quantised quantised = cross.quantised();
        if (quantised != null) {
            monitors.addAll(quantised.monitors());
        }
        return monitors;
    }
}
