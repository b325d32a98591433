package org.data2vec4j.train.guard;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.data2vec4j.model.method.Diagnostic;

/** Stops a run whose numbers are not finite, or whose features have collapsed, with one line that says which and what to try. */
public final class CollapseGuard {
    private final GuardConfig config;
    private final UnaryOperator<String> remedy;
    private final Map<Diagnostic.Definition, Limit> limits;

    /**
     * A guard with these thresholds.
     *
     * @param remedy what the method advises when a diagnostic of this name is past its threshold
     */
    public CollapseGuard(GuardConfig config, UnaryOperator<String> remedy) {
        this.config = config;
        this.remedy = remedy;
        this.limits = limits(config);
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
            Diagnostic.Definition definition = Diagnostic.Definition.named(diagnostic.name());
            if (definition == null) {
                continue;
            }
            Limit limit = limits.get(definition);
            if (limit != null && !limit.allows(definition.direction(), diagnostic.value())) {
                throw collapsed(
                        update,
                        diagnostic,
                        definition.direction() == Diagnostic.Direction.LOW ? "above" : "below",
                        limit.threshold(),
                        limit.key());
            }
        }
    }

    /** A threshold of the configuration; one that is to be ignored is none. */
    private record Limit(double threshold, String key) {
        /** False also where the value is not a number. */
        boolean allows(Diagnostic.Direction direction, double value) {
            return direction == Diagnostic.Direction.LOW ? value <= threshold : value >= threshold;
        }
    }

    private static Map<Diagnostic.Definition, Limit> limits(GuardConfig config) {
        Map<Diagnostic.Definition, Limit> limits = new EnumMap<>(Diagnostic.Definition.class);
        if (config.minTargetStd() > 0) {
            limits.put(Diagnostic.Definition.TARGET_STD, new Limit(config.minTargetStd(), "min_target_std"));
        }
        if (config.minPredictionStd() > 0) {
            limits.put(
                    Diagnostic.Definition.PREDICTION_STD, new Limit(config.minPredictionStd(), "min_prediction_std"));
        }
        if (config.maxExplainedByPosition() < 1) {
            limits.put(
                    Diagnostic.Definition.EXPLAINED_BY_POSITION,
                    new Limit(config.maxExplainedByPosition(), "max_explained_by_position"));
        }
        if (config.minCodeUse() > 0) {
            limits.put(Diagnostic.Definition.CODE_USE, new Limit(config.minCodeUse(), "min_code_use"));
        }
        return limits;
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
