package org.data2vec4j.train.record;

import java.util.Map;
import org.data2vec4j.model.method.Diagnostic;

/** What metrics were called in files of earlier versions. */
final class OldMetrics {
    private static final Map<String, String> NAMES = Map.of(
            "mask/share",
            Diagnostic.Definition.MASK_RATIO.path(),
            "target/deviation",
            Diagnostic.Definition.TARGET_STD.path(),
            "prediction/deviation",
            Diagnostic.Definition.PREDICTION_STD.path(),
            "optimiser/gradient_norm",
            "optimizer/gradient_norm",
            "optimiser/learning_rate",
            "optimizer/learning_rate",
            "optimiser/teacher_decay",
            "optimizer/teacher_decay");

    private static final String OLD_BLOCK = "health/deviation_block_";
    private static final String BLOCK = "health/std_block_";

    private OldMetrics() {}

    /** The name that a metric has now. */
    static String name(String written) {
        return written.startsWith(OLD_BLOCK)
                ? BLOCK + written.substring(OLD_BLOCK.length())
                : NAMES.getOrDefault(written, written);
    }
}
