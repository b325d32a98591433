package org.data2vec4j.model.method;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A number that tells how training goes; names are paths such as {@code target/std}. */
public record Diagnostic(String name, double value) {
    /** What a good run does with a number. */
    public enum Direction {
        /** It stays high; a fall is a collapse. */
        HIGH,
        /** It stays low; a rise is a collapse. */
        LOW,
        /** Neither is good or bad by itself. */
        NONE
    }

    /** The diagnostics that more than one place speaks of: a method measures them, the guard limits them, a run's page explains them. */
    public enum Definition {
        /** The share of positions that are masked. */
        MASK_RATIO("mask/ratio", Direction.NONE, "share", ""),
        /** The spread of the targets. */
        TARGET_STD(
                "target/std",
                Direction.HIGH,
                "standard deviation",
                "Both level off above zero, predictions a little below targets. A slow fall of both together is collapse."),
        /** The spread of the predictions. */
        PREDICTION_STD("prediction/std", Direction.HIGH, "standard deviation", TARGET_STD.meaning),
        /** How much of the targets' variance the position alone explains. */
        EXPLAINED_BY_POSITION(
                "health/explained_by_position",
                Direction.LOW,
                "share of the variance",
                "What the position alone tells of a target. Near one, targets say nothing of the sample."),
        /** How much of the targets' variance the sample alone explains. */
        EXPLAINED_BY_SAMPLE(
                "health/explained_by_sample",
                Direction.NONE,
                "share of the variance",
                "What the sample alone tells of a target, wherever it is."),
        /** How much of the targets' mean square one vector for the batch explains. */
        EXPLAINED_BY_BATCH_MEAN(
                "health/explained_by_batch_mean",
                Direction.LOW,
                "share of the mean square",
                "What one vector for the whole batch tells of a target. Near one, all targets are the same."),
        /** How many directions the targets fill. */
        TARGET_RANK("health/target_rank", Direction.HIGH, "dimensions", Definition.RANK),
        /** How many directions the student's features fill. */
        STUDENT_RANK("health/student_rank", Direction.HIGH, "dimensions", Definition.RANK),
        /** How much of the codebooks is used. */
        CODE_USE(
                "codes/use", Direction.HIGH, "share", "How evenly the codes are used. Near zero, one of each is left."),
        /** How many codes are used, by the codes chosen. */
        CODE_PERPLEXITY("codes/perplexity", Direction.HIGH, "codes", "How many codes are used, by those chosen."),
        /** How many codes are used, by their mean probabilities. */
        CODE_PROBABILITY_PERPLEXITY(
                "codes/probability_perplexity",
                Direction.HIGH,
                "codes",
                "How many codes are used, by their mean probabilities.");

        private static final String RANK =
                "The number of directions the features use. It should rise, then hold; a fall to a few"
                        + " is dimensional collapse.";

        private final String path;
        private final Direction direction;
        private final String unit;
        private final String meaning;

        Definition(String path, Direction direction, String unit, String meaning) {
            this.path = path;
            this.direction = direction;
            this.unit = unit;
            this.meaning = meaning;
        }

        /** Its name as a metric, such as {@code target/std}. */
        public String path() {
            return path;
        }

        /** What a good run does with it. */
        public Direction direction() {
            return direction;
        }

        /** What it counts, in words. */
        public String unit() {
            return unit;
        }

        /** What a good run looks like, in a sentence or two; empty where there is nothing to say. */
        public String meaning() {
            return meaning;
        }

        /** A value of it. */
        public Diagnostic of(double value) {
            return new Diagnostic(path, value);
        }

        /** The definition of a metric; null for one that has none. */
        public static @Nullable Definition named(String metric) {
            for (Definition definition : values()) {
                if (definition.path.equals(metric)) {
                    return definition;
                }
            }
            return null;
        }
    }

    /** The spread of the tokens of one stage of an encoder: the pre-net's blocks and then the shared ones, counted from 0. */
    public static Diagnostic stageStd(int stage, double value) {
        return new Diagnostic(String.format(Locale.ROOT, "health/std_block_%02d", stage), value);
    }
}
