package org.data2vec4j.text.finetune;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.metric.GlueBenchmark;
import org.data2vec4j.evaluation.metric.GluePredictionFile;
import org.data2vec4j.evaluation.metric.GlueSubmission;
import org.data2vec4j.text.data.LabelledData;

/** Predictions on a test set without labels, as the file that GLUE's server wants. */
final class SentenceSubmission {
    private SentenceSubmission() {}

    /** Writes the file into a folder; rows that were skipped would shift all that follow, and throw {@link UserException}. */
    static Path write(
            Path folder,
            String glue,
            String spec,
            LabelledData data,
            SentenceScores scores,
            Consumer<String> warnings) {
        if (data.skipped() > 0) {
            throw new UserException(spec + ": " + data.skipped() + " rows cannot be read, the first is "
                    + data.complaints().get(0) + "; a submission needs every row: fetch the file again");
        }
        GluePredictionFile file = file(GlueBenchmark.of(glue), spec);
        if (data.texts().size() != file.rows()) {
            warnings.accept(spec + " has " + data.texts().size() + " rows; GLUE's test set for " + file.fileName()
                    + " has " + file.rows() + ": its server will not take the file");
        }
        return file.labels().isEmpty()
                ? GlueSubmission.writeNumbers(folder, file, scores.numbers())
                : GlueSubmission.writeClasses(folder, file, scores.classes());
    }

    /** The set that a file of a task is; MNLI has two, and the diagnostic set is its as well. */
    private static GluePredictionFile file(GlueBenchmark task, String spec) {
        if (task != GlueBenchmark.MNLI) {
            return GluePredictionFile.valueOf(task.name());
        }
        String name = spec.substring(spec.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (name.contains("diagnostic") || name.startsWith("ax")) {
            return GluePredictionFile.DIAGNOSTIC;
        }
        return name.contains("mismatched") ? GluePredictionFile.MNLI_MISMATCHED : GluePredictionFile.MNLI_MATCHED;
    }
}
