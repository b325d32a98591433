package org.data2vec4j.train.guard;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.data2vec4j.model.method.Diagnostic;

/** Stops a run whose numbers are not finite, or whose features have collapsed, with one line that says which and what to try. */
public final class CollapseGuard {
    private final GuardConfig config;
    private final UnaryOperator<String> remedy;

    /**
     * A guard with these thresholds.
     *
     * @param remedy what the method advises when a diagnostic of this name is past its threshold
     */
    public CollapseGuard(GuardConfig config, UnaryOperator<String> remedy) {
        this.config = config;
        this.remedy = remedy;
    }

    /**
     * Called before the optimiser moves.
     *
     * @throws CollapseException if the loss or the gradient's norm is not finite
     */
    public void checkFinite(long update, double loss, double gradientNorm) {
        if (!Double.isFinite(loss) || !Double.isFinite(gradientNorm)) {
            throw new CollapseException("update " + (update + 1) + ": the loss is " + loss + " and the gradient's norm "
                    + gradientNorm + "; the weights were not changed. Lower optimizer.learning_rate, lengthen"
                    + " schedule.warmup, or set precision=fp32");
        }
    }

    /**
     * Called after an observed update.
     *
     * @throws CollapseException if a diagnostic is past its threshold
     */
    public void checkHealth(long update, List<Diagnostic> diagnostics) {
        if (update < config.afterUpdates()) {
            return;
        }
        for (Diagnostic diagnostic : diagnostics) {
            switch (diagnostic.name()) {
                case "target/std" -> atLeast(update, diagnostic, config.minTargetStd(), "min_target_std");
                case "prediction/std" -> atLeast(update, diagnostic, config.minPredictionStd(), "min_prediction_std");
                case "health/explained_by_position" -> {
                    double most = config.maxExplainedByPosition();
                    if (most < 1 && !(diagnostic.value() <= most)) { // also where it is not a number
                        throw collapsed(update, diagnostic, "above", most, "max_explained_by_position");
                    }
                }
                case "codes/use" -> {
                    if (config.minCodeUse() > 0 && !(diagnostic.value() >= config.minCodeUse())) {
                        throw collapsed(update, diagnostic, "below", config.minCodeUse(), "min_code_use");
                    }
                }
                default -> {}
            }
        }
    }

    private void atLeast(long update, Diagnostic diagnostic, double threshold, String key) {
        if (threshold > 0 && !(diagnostic.value() >= threshold)) { // also where it is not a number
            throw collapsed(update, diagnostic, "below", threshold, key);
        }
    }

    private CollapseException collapsed(long update, Diagnostic diagnostic, String side, double threshold, String key) {
        return new CollapseException(String.format(
                Locale.ROOT,
                "update %d: collapse: %s is %.4g, %s guard.%s=%s. Lower optimizer.learning_rate, lengthen schedule.warmup,"
                        + " or %s; or move the threshold if this is expected",
                update + 1,
                diagnostic.name(),
                diagnostic.value(),
                side,
                key,
                threshold,
                remedy.apply(diagnostic.name())));
    }
}
