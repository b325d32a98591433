package org.data2vec4j;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluate.EvaluationFile;
import org.data2vec4j.evaluate.RunSuite;
import org.data2vec4j.evaluate.StoredEvaluation;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunFollower;

/**
 * Measures the frozen features of a pre-training run beside baselines, and reads such measurements. It writes {@code evaluation.json}
 * and {@code evaluation.html} into the run directory, prints nothing, and uses the threads and the device of the run's recipe, as
 * training does. An instance is for one thread; {@link #run} blocks and releases all native memory.
 */
public final class Evaluation {
    private final Path run;
    private final List<String> settings = new ArrayList<>();
    private final RunFollower follower = new RunFollower();
    private Consumer<String> warnings = warning -> {};

    private Evaluation(Path run) {
        this.run = run;
    }

    /** The evaluation of a run directory's newest checkpoint; nothing is opened yet. */
    public static Evaluation of(Path run) {
        return new Evaluation(run);
    }

    /**
     * Adds settings as {@code d2v evaluate} takes them.
     *
     * @param words of the form {@code key=value}, such as {@code data=labelled/train}, {@code test=labelled/test}, {@code seeds=0,1,2}
     */
    public Evaluation with(String... words) {
        settings.addAll(List.of(words));
        return this;
    }

    /** Tells of samples that are skipped. */
    public Evaluation warnings(Consumer<String> told) {
        this.warnings = told;
        return this;
    }

    /** Adds a condition that ends fine-tuning, if that is asked for, after the update in which it becomes true. */
    public Evaluation stopWhen(BooleanSupplier stop) {
        follower.stopWhen(stop);
        return this;
    }

    /**
     * One score of one encoder or baseline.
     *
     * @param probe how it was measured, such as {@code knn}, {@code linear} or {@code attentive}
     * @param share of the labels that were used; 1 for all
     * @param subject the encoder, {@code student} or {@code teacher} or {@code encoder}; {@code random} for one that is not trained;
     *     {@code raw} for baseline features
     * @param median accuracy over the seeds, in percent
     * @param low the smallest of the seeds
     * @param high the largest of the seeds
     * @param dependsOn the names in the protocol that must be equal for two such scores to be compared
     */
    public record Score(
            String probe,
            double share,
            String subject,
            double median,
            double low,
            double high,
            List<String> dependsOn) {
        /** Copies the list. */
        public Score {
            dependsOn = List.copyOf(dependsOn);
        }
    }

    /**
     * The scores of a run.
     *
     * @param run the run directory, as it was called when it was evaluated
     * @param method the method's title
     * @param modality what it was trained on, such as {@code images}
     * @param update of the checkpoint
     * @param protocol what scores depend on besides the run, by name; equal words mean equal things
     * @param scores in the order of the page
     */
    public record Result(
            Path run, String method, String modality, long update, Map<String, String> protocol, List<Score> scores) {
        /** Copies map and list. */
        public Result {
            protocol = Collections.unmodifiableMap(new LinkedHashMap<>(protocol));
            scores = List.copyOf(scores);
        }
    }

    /**
     * Measures, and writes file and page.
     *
     * @throws UserException if the run, the labelled samples or the settings cannot be used
     */
    public Result run() {
        List<String> words = new ArrayList<>(List.of("run=" + run));
        words.addAll(settings);
        RunArguments arguments = new RunArguments(words, RunSuite.KEYS);
        arguments.noOverrides(RunSuite.ALLOWED);
        new RunSuite(arguments, follower.log(), warnings, follower).run();
        return read(Path.of(arguments.get("out", run.toString())));
    }

    /** Whether a run directory holds the scores of an evaluation. */
    public static boolean isAt(Path run) {
        return Files.isRegularFile(run.resolve(EvaluationFile.NAME));
    }

    /**
     * The scores that an evaluation wrote.
     *
     * @param path the run directory, or the file {@code evaluation.json}
     * @throws UserException if there are none, or they cannot be read
     */
    public static Result read(Path path) {
        StoredEvaluation stored = StoredEvaluation.read(path);
        List<Score> scores = stored.scores().stream()
                .map(score -> new Score(
                        score.probe(),
                        score.share(),
                        score.subject(),
                        score.median(),
                        score.low(),
                        score.high(),
                        score.dependsOn()))
                .toList();
        return new Result(stored.run(), stored.method(), stored.modality(), stored.update(), stored.protocol(), scores);
    }
}
