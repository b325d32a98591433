package org.data2vec4j.lab.race;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.data2vec4j.Recipe;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.recipe.ScheduleScaling;
import org.data2vec4j.train.data.Dataset;
import org.data2vec4j.train.data.PreparedData;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/**
 * A competitor whose recipe has been read. Keys change with everything that could change what they stand for, so that what was
 * kept of other settings is never taken for it.
 */
record MethodEntry(RaceConfig race, MethodSpec competitor, PretrainConfig recipe) {
    private static final int KEY = 16;
    private static final int NAME = 40;

    /** Updates that no slice reaches: checkpoints are written when slices end. */
    private static final long NEVER = 1_000_000_000_000L;

    /** The entrant; throws {@link UserException} if its settings make no recipe. */
    static MethodEntry of(RaceConfig race, MethodSpec competitor) {
        return new MethodEntry(race, competitor, bind(race, competitor, List.of("run=entrant", "seed=0")));
    }

    /** All of a race, of one kind of data. */
    static List<MethodEntry> all(RaceConfig race) {
        List<MethodEntry> entrants =
                race.competitors().stream().map(one -> of(race, one)).toList();
        MethodEntry first = entrants.get(0);
        for (MethodEntry other : entrants) {
            if (!other.recipe()
                    .modality()
                    .kind()
                    .equals(first.recipe().modality().kind())) {
                throw new UserException("'" + first.name() + "' trains on "
                        + first.recipe().modality().samples() + " and '" + other.name() + "' on "
                        + other.recipe().modality().samples() + "; competitors must share a kind of data");
            }
        }
        return entrants;
    }

    /** The competitor's name. */
    String name() {
        return competitor.name();
    }

    /** Of its speed on this machine. */
    String pilotKey() {
        return key("pilot", YamlWriter.write(recipe));
    }

    /** The run that is timed. */
    PretrainConfig pilot() {
        return config(race.seeds().get(0), pilotFolder(), List.of());
    }

    private Path pilotFolder() {
        return folder("pilots", pilotKey());
    }

    /** What the pilot has made of the data for all runs, such as a tokenizer; null if there is nothing of the kind. */
    private @Nullable PreparedData prepared() {
        return recipe.modality().prepared(pilotFolder());
    }

    /** Opens a run's data. */
    Dataset open(PretrainConfig config, Consumer<String> messages) {
        PreparedData prepared = prepared();
        if (prepared != null) {
            prepared.copyTo(Path.of(config.run()));
        }
        return config.modality().open(config.data(), config.context(messages));
    }

    /** A run of the race. */
    SeedRun run(long seed, long updates, double learningRate) {
        return lane("runs", seed, updates, learningRate, List.of());
    }

    /**
     * A run of the sweep, by the race's first seed. Its score alone judges it: the guard would take the first minute of a long run,
     * in which predictions hardly differ yet, for a collapse.
     */
    SeedRun trial(long updates, double learningRate) {
        return lane("sweep", race.seeds().get(0), updates, learningRate, List.of("guard.after_updates=" + updates));
    }

    private SeedRun lane(String part, long seed, long updates, double learningRate, List<String> more) {
        double share = (double) updates / recipe.train().updates();
        List<String> words = new ArrayList<>(ScheduleScaling.changes(recipe, share).stream()
                .map(ScheduleScaling.Change::word)
                .toList());
        words.addAll(more);
        words.add("optimizer.learning_rate=" + learningRate);
        words.add("checkpoint.every_updates=" + NEVER);
        words.add("checkpoint.keep=1");
        String key = key(
                YamlWriter.write(config(seed, Path.of("lane"), words)),
                String.join("\n", race.measure().settings()),
                "" + race.budget().points());
        PreparedData prepared = prepared();
        if (prepared != null) {
            words.addAll(prepared.settings());
        }
        return new SeedRun(this, seed, key, config(seed, folder(part, "seed-" + seed + "-" + key), words));
    }

    private PretrainConfig config(long seed, Path folder, List<String> more) {
        List<String> words = new ArrayList<>(List.of("seed=" + seed, "run=" + folder));
        words.addAll(more);
        return bind(race, competitor, words);
    }

    private Path folder(String part, String end) {
        String name =
                name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return Path.of(race.run(), part, name.substring(0, Math.min(NAME, name.length())) + "-" + end);
    }

    private static String key(String... parts) {
        Fingerprint key = new Fingerprint();
        for (String part : parts) {
            key.add(part);
        }
        return key.hex().substring(0, KEY);
    }

    private static PretrainConfig bind(RaceConfig race, MethodSpec competitor, List<String> more) {
        List<String> words = new ArrayList<>(race.settings());
        words.addAll(competitor.settings());
        words.add("data=" + race.data());
        words.addAll(more);
        try {
            return Recipe.load(competitor.recipe(), words).bind(PretrainConfig.class);
        } catch (UserException e) {
            throw new UserException("competitor '" + competitor.name() + "': " + e.getMessage(), e);
        }
    }
}
