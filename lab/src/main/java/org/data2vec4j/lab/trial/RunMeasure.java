package org.data2vec4j.lab.trial;

import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/** Measures trained runs. */
public interface RunMeasure {
    /** Throws a {@link org.data2vec4j.core.UserException} unless runs of a recipe can be measured so; before anything is trained. */
    void check(PretrainConfig config, List<String> settings);

    /**
     * The scores of a run's newest checkpoint.
     *
     * @param settings as of {@link Measure#settings}
     * @param known scores of a run that differs from this in training only: those of the untrained encoder and of the control are taken
     *     from it; null to measure them too
     */
    RunScores measure(Path run, List<String> settings, @Nullable RunScores known);
}
