package org.data2vec4j.evaluation.metric;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntFunction;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.file.AtomicText;

/**
 * Writes predictions on GLUE's test sets as its server wants them: a line {@code index<TAB>prediction}, then one per sample in the
 * test set's order, numbered from 0. A file appears when it is complete. The number of rows is not checked here, so that other sets
 * can be written too; compare with {@link GluePredictionFile#rows}.
 */
public final class GlueSubmission {
    private static final double HIGHEST_SIMILARITY = 5;

    private GlueSubmission() {}

    /**
     * Writes predicted classes into a folder; returns the file.
     *
     * @throws UserException if the file wants numbers, a class is unknown or the disk refuses
     */
    public static Path writeClasses(Path folder, GluePredictionFile file, int[] predictions) {
        if (file.labels().isEmpty()) {
            throw new UserException(file.fileName() + " wants numbers, not classes");
        }
        for (int i = 0; i < predictions.length; i++) {
            if (predictions[i] < 0 || predictions[i] >= file.labels().size()) {
                throw new UserException(file.fileName() + ", sample " + i + ": class " + predictions[i]
                        + "; allowed: 0 to " + (file.labels().size() - 1));
            }
        }
        return write(folder, file, predictions.length, i -> file.labels().get(predictions[i]));
    }

    /**
     * Writes predicted similarities, brought into 0 to 5 and rounded to three places, into a folder; returns the file.
     *
     * @throws UserException if the file wants classes, a number is NaN or the disk refuses
     */
    public static Path writeNumbers(Path folder, GluePredictionFile file, double[] predictions) {
        if (!file.labels().isEmpty()) {
            throw new UserException(file.fileName() + " wants classes, not numbers");
        }
        for (int i = 0; i < predictions.length; i++) {
            if (Double.isNaN(predictions[i])) {
                throw new UserException(file.fileName() + ", sample " + i + ": the prediction is NaN");
            }
        }
        return write(
                folder,
                file,
                predictions.length,
                i -> String.format(Locale.ROOT, "%.3f", Math.max(0, Math.min(HIGHEST_SIMILARITY, predictions[i]))));
    }

    private static Path write(Path folder, GluePredictionFile file, int rows, IntFunction<String> prediction) {
        Path path = folder.resolve(file.fileName());
        AtomicText.write(path, out -> {
            out.write("index\tprediction\n");
            for (int i = 0; i < rows; i++) {
                out.write(i + "\t" + prediction.apply(i) + "\n");
            }
        });
        return path;
    }
}
