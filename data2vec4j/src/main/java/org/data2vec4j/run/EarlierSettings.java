package org.data2vec4j.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.data2vec4j.Recipe;
import org.data2vec4j.config.ConfigDiff;
import org.data2vec4j.config.ConfigDiff.Change;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of a run directory say of a recipe that is aimed at it: whether it is of the same kind, and what it changes.
 *
 * @param run the run directory
 * @param changes from the settings there to the recipe's; none if there are none there
 */
record EarlierSettings(Path run, List<Change> changes) {
    /** What may change without a word: where things are, how fast they go, and what is told, kept and measured of them. */
    private static final List<String> FREE = List.of(
            "run",
            "data",
            "from",
            "test",
            "device",
            "train.threads",
            "train.workers",
            "train.log_every",
            "train.diagnose_every",
            "train.distributed",
            "checkpoint",
            "evaluate",
            "guard");

    /**
     * Compares a recipe with a run directory, in which nothing is touched.
     *
     * @throws UserException if a run of another kind is there
     */
    static EarlierSettings of(Path run, Record config) {
        Path file = run.resolve(RunDirectory.CONFIG);
        if (!Files.isRegularFile(file)) {
            return new EarlierSettings(run, List.of());
        }
        Recipe recipe = Recipe.load(file.toString(), List.of());
        PretrainConfig pretrained = bound(recipe, PretrainConfig.class);
        FineTuneConfig tuned = pretrained == null ? bound(recipe, FineTuneConfig.class) : null;
        Record before = pretrained == null ? tuned : pretrained;
        if (before == null) { // of the same kind as this recipe or not, it is not to be lost
            throw new UserException(file + " cannot be read as the settings of a run; choose another run=DIR");
        }
        String there = kind(before);
        String here = kind(config);
        if (!there.equals(here)) {
            throw new UserException(run + " has a run of another kind: " + there + ", and this recipe is of " + here
                    + "; nothing was changed there; choose another run=DIR");
        }
        return new EarlierSettings(run, ConfigDiff.between(before, config));
    }

    private static <T> @Nullable T bound(Recipe recipe, Class<T> type) {
        try {
            return recipe.bind(type);
        } catch (UserException e) {
            return null;
        }
    }

    private static String kind(Record config) {
        if (config instanceof PretrainConfig pretrain) {
            return "pre-training by " + pretrain.method().title() + " on "
                    + pretrain.modality().kind();
        }
        return config instanceof FineTuneConfig tuning
                ? "fine-tuning for " + tuning.task().getClass().getSimpleName().replaceAll("(Task)?Config$", "")
                : config.getClass().getSimpleName();
    }

    /**
     * Makes sure that a run that has a checkpoint goes on as it was begun, unless the command accepts changes.
     *
     * @param end of the run as far as it is trained, in words
     * @throws UserException that names the changes
     */
    void check(RunCommand command, String end) {
        List<Change> others = changes.stream()
                .filter(change -> FREE.stream()
                        .noneMatch(free ->
                                change.path().equals(free) || change.path().startsWith(free + ".")))
                .toList();
        if (!others.isEmpty() && command.changed() == RunCommand.ChangedSettings.REFUSE) {
            throw new UserException(run + " " + end + " with other settings than these: " + text(others)
                    + "; nothing was changed there; choose another run=DIR, or add resume=changed to go on with these");
        }
    }

    /** Changes in one line. */
    static String text(List<Change> changes) {
        return changes.stream().map(Change::toString).collect(Collectors.joining(", "));
    }
}
