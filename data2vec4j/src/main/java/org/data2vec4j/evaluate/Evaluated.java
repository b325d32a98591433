package org.data2vec4j.evaluate;

import java.util.List;
import java.util.Map;
import org.data2vec4j.evaluation.suite.SuiteResult;
import org.data2vec4j.evaluation.suite.SuiteScore;
import org.data2vec4j.report.PatchFigure;
import org.data2vec4j.train.data.LabelledDataset;

/**
 * A run's evaluation, for the page and the file.
 *
 * @param run the run directory
 * @param method the method's title
 * @param modality what it was trained on, such as {@code images}
 * @param update of the checkpoint
 * @param protocol what the scores depend on
 * @param result what was measured
 * @param scores of frozen features, and of fine-tuning where that was asked for
 * @param test the test samples
 * @param patches maps over patches; empty if there are none
 * @param subjects in order, the encoders first
 */
record Evaluated(
        String run,
        String method,
        String modality,
        long update,
        Map<String, String> protocol,
        SuiteResult result,
        List<SuiteScore> scores,
        LabelledDataset test,
        List<PatchFigure> patches,
        List<String> subjects) {
    /** Copies the lists. */
    Evaluated {
        scores = List.copyOf(scores);
        patches = List.copyOf(patches);
        subjects = List.copyOf(subjects);
    }
}
