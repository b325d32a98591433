package org.data2vec4j.lab.ablate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.Recipe;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * One variation by one seed. Its key changes with everything that could change its scores, so that what was kept of other settings is
 * never taken for this.
 *
 * @param variation the row
 * @param seed the run's seed
 * @param key 16 hexadecimal digits
 * @param folder where it trains
 */
record Cell(AblationConfig ablation, Variation variation, long seed, String key, Path folder) {
    private static final int KEY = 16;
    private static final int NAME = 40;

    /** The cell; throws {@link UserException} if its settings make no recipe. */
    static Cell of(AblationConfig ablation, Variation variation, long seed) {
        PretrainConfig settings = bind(ablation, variation, seed, List.of("run=cell"));
        String key = new Fingerprint()
                .add(YamlWriter.write(settings))
                .add(YamlWriter.write(ablation.budget()))
                .add(String.join("\n", ablation.measure().settings()))
                .hex()
                .substring(0, KEY);
        String name = variation
                .name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String readable = name.substring(0, Math.min(NAME, name.length()));
        Path folder = Path.of(ablation.run(), "cells", readable + "-seed-" + seed + "-" + key);
        return new Cell(ablation, variation, seed, key, folder);
    }

    /** The run, without the budget's updates if it is one of time. */
    PretrainConfig config() {
        return bind(ablation, variation, seed, List.of("run=" + folder));
    }

    /** The run of so many updates. */
    PretrainConfig config(long updates) {
        return bind(ablation, variation, seed, List.of("run=" + folder, "train.updates=" + updates));
    }

    private static PretrainConfig bind(AblationConfig ablation, Variation variation, long seed, List<String> more) {
        List<String> words = new ArrayList<>(ablation.settings());
        words.addAll(variation.settings());
        words.add("data=" + ablation.data());
        words.add("seed=" + seed);
        Long updates = ablation.budget().updates();
        if (updates != null) {
            words.add("train.updates=" + updates);
        }
        words.addAll(more);
        try {
            return Recipe.load(ablation.recipe(), words).bind(PretrainConfig.class);
        } catch (UserException e) {
            throw new UserException("variation '" + variation.name() + "': " + e.getMessage(), e);
        }
    }
}
