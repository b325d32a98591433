package org.data2vec4j.evaluate;

import java.util.List;
import java.util.Locale;
import org.data2vec4j.evaluation.suite.EvaluationSuite;
import org.data2vec4j.evaluation.suite.Probe;
import org.data2vec4j.evaluation.suite.SuiteScore;

/** Scores in words and numbers. */
final class EvaluationText {
    private EvaluationText() {}

    /** {@code 45.2 (44.8–45.6)}. */
    static String score(double median, double low, double high) {
        return String.format(Locale.ROOT, "%.1f (%.1f–%.1f)", median, low, high);
    }

    /** A score of a list, or a dash. */
    static String score(List<SuiteScore> scores, Probe probe, double share, String subject) {
        return scores.stream()
                .filter(score -> score.probe() == probe
                        && score.share() == share
                        && score.subject().equals(subject))
                .findFirst()
                .map(score -> score(score.median(), score.low(), score.high()))
                .orElse("–");
    }

    /** {@code 1 %}, {@code 2.5 %}. */
    static String share(double share) {
        double percent = Math.round(share * 100_000) / 1000.0;
        return percent == Math.rint(percent) ? (int) percent + " %" : percent + " %";
    }

    /** A subject's name in tables. */
    static String subject(String subject, String raw) {
        return switch (subject) {
            case EvaluationSuite.RANDOM -> "untrained";
            case EvaluationSuite.RAW -> raw;
            default -> subject;
        };
    }
}
