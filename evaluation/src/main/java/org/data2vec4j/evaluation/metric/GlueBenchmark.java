package org.data2vec4j.evaluation.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.data2vec4j.core.UserException;

/**
 * The eight tasks of GLUE that are averaged (Wang et al., "GLUE: a multi-task benchmark and analysis platform for natural language
 * understanding", ICLR 2019), WNLI left out as in the papers. A class's number is its place in {@link #labels}.
 */
public enum GlueBenchmark {
    /** Linguistic acceptability: Matthews' correlation. */
    COLA("CoLA", "0", "1"),
    /** Sentiment: accuracy. */
    SST2("SST-2", "0", "1"),
    /** Paraphrase: accuracy and F1 of "yes". */
    MRPC("MRPC", "0", "1"),
    /** Duplicate questions: accuracy and F1 of "yes". */
    QQP("QQP", "0", "1"),
    /** Similarity, 0 to 5: Pearson's and Spearman's correlation. */
    STSB("STS-B"),
    /** Entailment, matched and mismatched genres: accuracy. */
    MNLI("MNLI", "entailment", "neutral", "contradiction"),
    /** Whether a sentence answers a question: accuracy. */
    QNLI("QNLI", "entailment", "not_entailment"),
    /** Entailment: accuracy. */
    RTE("RTE", "entailment", "not_entailment");

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    GlueBenchmark(String title, String... labels) {
        this.title = title;
        this.labels = List.of(labels);
    }

    /** The task's name in tables, such as SST-2. */
    public String title() {
        return title;
    }

    /** The classes as GLUE's files spell them; empty for {@link #STSB}, whose predictions are numbers. */
    public List<String> labels() {
        return labels;
    }

    /**
     * The task of a name such as {@code sst2} or {@code SST-2}; case, hyphens and underscores do not matter.
     *
     * @throws UserException listing the names, if there is none
     */
    public static GlueBenchmark of(String name) {
        String plain = name.replaceAll("[-_]", "").toUpperCase(Locale.ROOT);
        for (GlueBenchmark task : values()) {
            if (task.name().equals(plain)) {
                return task;
            }
        }
        throw new UserException("GLUE task is '" + name + "'; allowed: "
                + Arrays.stream(values())
                        .map(task -> task.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }
}
