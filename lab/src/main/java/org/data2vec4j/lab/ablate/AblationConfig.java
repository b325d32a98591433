package org.data2vec4j.lab.ablate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.lab.trial.Measure;

/**
 * A table of variations of a recipe.
 *
 * @param recipe what is varied: a recipe's name or file
 * @param data the training data, as recipes have it
 * @param run the ablation's folder
 * @param seeds every variation is trained once with each
 * @param budget how long
 * @param settings what is changed for all variations, each {@code a.b=c}
 * @param measure what is measured
 * @param keep whether the checkpoints of measured cells stay
 * @param variations the rows; the others are compared with the first
 */
public record AblationConfig(
        String recipe,
        String data,
        String run,
        List<Long> seeds,
        Budget budget,
        List<String> settings,
        Measure measure,
        boolean keep,
        List<Variation> variations) {
    /** Checks that there is something to do, and nothing twice. */
    public AblationConfig {
        seeds = List.copyOf(seeds);
        settings = List.copyOf(settings);
        variations = List.copyOf(variations);
        if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size()) {
            throw new SettingException("seeds", "is " + seeds + "; allowed: one or more, none twice");
        }
        if (variations.isEmpty()) {
            throw new SettingException("variations", "is empty; give at least one {name: …, settings: [a.b=c]}");
        }
        Set<String> names = new HashSet<>();
        for (Variation variation : variations) {
            if (!names.add(variation.name())) {
                throw new SettingException("variations", "has '" + variation.name() + "' twice; names must differ");
            }
        }
    }
}
