package org.data2vec4j.text.data;

import java.util.List;
import org.data2vec4j.core.Check;

/**
 * What is to be predicted about text. {@code classes}: names in the order of their numbers, empty for regression; {@code
 * metrics}: what the task is measured by, the first one first: of accuracy, f1, matthews, pearson, spearman.
 */
public record TextTask(String name, Kind kind, List<String> classes, List<String> metrics) {
    /** Whether a class or a value is predicted. */
    public enum Kind {
        /** One of the classes. */
        CLASSIFICATION,
        /** A number. */
        REGRESSION
    }

    /** Refuses classification into fewer than two classes and regression with any. */
    public TextTask {
        classes = List.copyOf(classes);
        metrics = List.copyOf(metrics);
        Check.that(
                kind == Kind.REGRESSION ? classes.isEmpty() : classes.size() >= 2,
                "the task " + name + " has " + classes.size() + " classes; allowed: 2 or more, none for regression");
    }

    /** Classification measured by accuracy. */
    public static TextTask classification(String name, List<String> classes) {
        return new TextTask(name, Kind.CLASSIFICATION, classes, List.of("accuracy"));
    }
}
