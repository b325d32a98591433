package org.data2vec4j.cli.trial;

import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.train.recipe.PretrainConfig;

/** Measures trained runs. */
public interface RunMeasure {
    /** Throws a {@link org.data2vec4j.core.UserException} unless runs of a recipe can be measured so; before anything is trained. */
    void check(PretrainConfig config, List<String> settings);

    /**
     * The scores of a run's newest checkpoint.
     *
     * @param settings as of {@link Measure#settings}
     */
    RunScores measure(Path run, List<String> settings);
}
