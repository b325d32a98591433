package org.data2vec4j.cli.ablate;

import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.train.recipe.PretrainConfig;

/** Measures trained cells. */
public interface CellMeasure {
    /** Throws a {@link org.data2vec4j.core.UserException} unless runs of a recipe can be measured so; before anything is trained. */
    void check(PretrainConfig config, List<String> settings);

    /**
     * The scores of a run's newest checkpoint.
     *
     * @param settings as of {@link Measure#settings}
     */
    CellScores measure(Path run, List<String> settings);
}
