package org.data2vec4j.text.data;

import java.util.List;
import java.util.Locale;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The eight tasks of GLUE that are fine-tuned on (Wang et al., 2019; WNLI is left out, as is usual), and how their published
 * .tsv files are laid out: fields between tabs, quotes without meaning, a header in all files but CoLA's train and dev.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists in a task are copies
public enum GlueTask {
    /** Is the sentence grammatical? */
    COLA("CoLA", List.of("0", "1"), List.of("matthews"), "sentence", null, "label"),
    /** Is the review positive? */
    SST2("SST-2", List.of("0", "1"), List.of("accuracy"), "sentence", null, "label"),
    /** Do the sentences say the same? */
    MRPC("MRPC", List.of("0", "1"), List.of("f1", "accuracy"), "#1 String", "#2 String", "Quality"),
    /** How alike are the sentences, from 0 to 5? */
    STSB("STS-B", List.of(), List.of("pearson", "spearman"), "sentence1", "sentence2", "score"),
    /** Do the questions ask the same? */
    QQP("QQP", List.of("0", "1"), List.of("f1", "accuracy"), "question1", "question2", "is_duplicate"),
    /** Does the first sentence entail the second? The dev and test sets are matched and mismatched ones. */
    MNLI(
            "MNLI",
            List.of("entailment", "neutral", "contradiction"),
            List.of("accuracy"),
            "sentence1",
            "sentence2",
            "gold_label"),
    /** Does the sentence answer the question? */
    QNLI("QNLI", List.of("entailment", "not_entailment"), List.of("accuracy"), "question", "sentence", "label"),
    /** Does the first sentence entail the second? */
    RTE("RTE", List.of("entailment", "not_entailment"), List.of("accuracy"), "sentence1", "sentence2", "label");

    private final TextTask task;
    private final String first;
    private final @Nullable String second;
    private final String label;

    GlueTask(
            String name,
            List<String> classes,
            List<String> metrics,
            String first,
            @Nullable String second,
            String label) {
        TextTask.Kind kind = classes.isEmpty() ? TextTask.Kind.REGRESSION : TextTask.Kind.CLASSIFICATION;
        this.task = new TextTask(name, kind, classes, metrics);
        this.first = first;
        this.second = second;
        this.label = label;
    }

    /** The task of a name such as {@code CoLA}, {@code sst-2} or {@code stsb}; another name throws {@link UserException}. */
    public static GlueTask named(String name) {
        String plain = name.replace("-", "").replace("_", "").toUpperCase(Locale.ROOT);
        for (GlueTask task : values()) {
            if (task.name().equals(plain)) {
                return task;
            }
        }
        throw new UserException(
                "the GLUE task is '" + name + "'; allowed: CoLA, SST-2, MRPC, STS-B, QQP, MNLI, QNLI, RTE");
    }

    /** What is predicted and how it is measured. */
    public TextTask task() {
        return task;
    }

    /** The column of the first sentence. */
    String first() {
        return first;
    }

    /** The column of the second sentence; null if there is one sentence only. */
    @Nullable
    String second() {
        return second;
    }

    /** The column of the label. */
    String label() {
        return label;
    }

    /** The columns of a file without a header. */
    List<String> columnsWithoutHeader() {
        return this == COLA ? List.of("source", "label", "mark", "sentence") : List.of();
    }
}
