package org.data2vec4j.run;

import java.nio.file.Path;
import org.data2vec4j.train.checkpoint.Checkpoints;
import org.data2vec4j.train.record.MetricsFile;
import org.jspecify.annotations.Nullable;

/** A run whose updates are all made: it is left alone, but for an evaluation that was interrupted. */
final class FinishedRun {
    private FinishedRun() {}

    /** Whether the newest checkpoint has all updates. */
    static boolean is(Checkpoints.@Nullable Saved resume, long updates) {
        return resume != null && resume.state().update() >= updates;
    }

    /** Whether the evaluation at the end of a run is in its metrics. */
    static boolean isMeasured(Path run, Checkpoints.@Nullable Saved resume) {
        return MetricsFile.hasEvaluation(run.resolve(MetricsFile.NAME), Checkpoints.updates(resume));
    }

    /** How far a run is trained, as the beginning of a sentence about its settings. */
    static String inWords(Checkpoints.Saved resume, boolean finished) {
        return finished
                ? "is finished, and its " + resume.state().update() + " updates were made"
                : "has " + resume.state().update() + " updates, made";
    }

    /** That nothing is trained. */
    static String left(Checkpoints.Saved resume) {
        return "the run is finished: " + resume.folder() + " has all "
                + resume.state().update() + " updates";
    }
}
