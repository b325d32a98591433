package org.data2vec4j.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.file.AtomicText;
import org.data2vec4j.evaluation.probe.Score;
import org.data2vec4j.evaluation.suite.ViewScore;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scores of a run's trained encoder beside its two controls, as {@code scores.json} in its directory holds them: {@code {"knn":
 * {"student": …, "untrained": …, "raw": …, "standard_error": …}, "probe": {…}}}, all in percent.
 *
 * @param knn weighted k-NN
 * @param probe the linear probe
 */
public record ControlledScores(Comparison knn, Comparison probe) {
    /** The file's name in a run directory. */
    public static final String NAME = "scores.json";

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * An accuracy beside its controls, in percent.
     *
     * @param student of the encoder that is trained: the student, where the method has a teacher
     * @param untrained of the same encoder at random initialisation
     * @param raw of the samples' baseline features, without an encoder
     * @param standardError of the difference of the student from the better control
     */
    public record Comparison(double student, double untrained, double raw, double standardError) {
        static Comparison of(Score student, Score untrained, Score raw) {
            Score control = untrained.accuracy() > raw.accuracy() ? untrained : raw;
            return new Comparison(
                    student.percent(),
                    untrained.percent(),
                    raw.percent(),
                    100 * Math.sqrt(variance(student) + variance(control)));
        }

        private static double variance(Score score) {
            return score.accuracy() * (1 - score.accuracy()) / score.total();
        }

        /** Whether the student is above both controls by more than twice the standard error. */
        public boolean isAboveControls() {
            return student - Math.max(untrained, raw) > 2 * standardError;
        }

        private String words(String name, String baseline) {
            return String.format(
                    Locale.ROOT,
                    "%s %.1f %% (untrained %.1f, %s %.1f, standard error %.1f)",
                    name,
                    student,
                    untrained,
                    baseline,
                    raw,
                    standardError);
        }

        private void write(ObjectNode node) {
            node.put("student", rounded(student))
                    .put("untrained", rounded(untrained))
                    .put("raw", rounded(raw))
                    .put("standard_error", rounded(standardError));
        }

        private static Comparison read(JsonNode node) {
            return new Comparison(
                    node.required("student").asDouble(),
                    node.required("untrained").asDouble(),
                    node.required("raw").asDouble(),
                    node.required("standard_error").asDouble());
        }

        private static double rounded(double percent) {
            return Math.round(1000 * percent) / 1000.0;
        }
    }

    static ControlledScores of(ViewScore student, ViewScore untrained, ViewScore raw) {
        return new ControlledScores(
                Comparison.of(student.knn(), untrained.knn(), raw.knn()),
                Comparison.of(student.linear(), untrained.linear(), raw.linear()));
    }

    /**
     * What the scores mean, in one sentence.
     *
     * @param baseline the name of the features of {@code raw}, such as {@code raw pixels}
     */
    public String sentence(String baseline) {
        List<Boolean> above =
                Stream.of(knn, probe).map(Comparison::isAboveControls).toList();
        String verdict;
        if (!above.contains(false)) {
            verdict = "Pre-training helped: both scores are above the untrained encoder and " + baseline
                    + " by more than twice the standard error";
        } else if (above.contains(true)) {
            verdict = "Pre-training helped by one score: the " + (knn.isAboveControls() ? "k-NN" : "linear probe")
                    + " alone is above the untrained encoder and " + baseline
                    + " by more than twice the standard error";
        } else {
            verdict = "Pre-training has not helped yet: neither score is above both the untrained encoder and "
                    + baseline + " by more than twice the standard error";
        }
        return verdict + ": " + knn.words("k-NN", baseline) + ", " + probe.words("linear probe", baseline) + ".";
    }

    void write(Path directory) {
        ObjectNode root = JSON.createObjectNode();
        knn.write(root.putObject("knn"));
        probe.write(root.putObject("probe"));
        AtomicText.write(directory.resolve(NAME), out -> out.write(JSON.writeValueAsString(root) + "\n"));
    }

    /**
     * The scores of a run directory; null if it has not been measured.
     *
     * @throws UserException if the file is not of this form
     */
    public static @Nullable ControlledScores read(Path directory) {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            JsonNode root = JSON.readTree(file);
            return new ControlledScores(Comparison.read(root.required("knn")), Comparison.read(root.required("probe")));
        } catch (JacksonException e) {
            throw new UserException(
                    file + " is not the scores of a run: " + e.getOriginalMessage()
                            + "; delete it, or measure the run again",
                    e);
        }
    }
}
