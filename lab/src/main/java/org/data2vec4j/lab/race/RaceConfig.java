package org.data2vec4j.lab.race;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.lab.trial.Measure;
import org.jspecify.annotations.Nullable;

/**
 * A race.
 *
 * @param data the training data of all, as recipes have it
 * @param run the race's folder
 * @param seeds everyone trains once by each
 * @param budget how long, and how the turns go
 * @param settings what is changed for all, each {@code a.b=c}
 * @param measure what is measured
 * @param sweep how learning rates are found, or none: each recipe's own
 * @param competitors who races; the first is the challenger, whose time to the others' scores is told
 */
public record RaceConfig(
        String data,
        String run,
        List<Long> seeds,
        RaceBudget budget,
        List<String> settings,
        Measure measure,
        @Nullable LearningRateSweep sweep,
        List<MethodSpec> competitors) {
    /** Checks that there is somebody to race against, and nothing twice. */
    public RaceConfig {
        seeds = List.copyOf(seeds);
        settings = List.copyOf(settings);
        competitors = List.copyOf(competitors);
        if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size()) {
            throw new SettingException("seeds", "is " + seeds + "; allowed: one or more, none twice");
        }
        if (competitors.size() < 2) {
            throw new SettingException(
                    "competitors",
                    "has " + competitors.size() + "; a race takes two or more {name: …, recipe: …, settings: [a.b=c]}");
        }
        Set<String> names = new HashSet<>();
        for (MethodSpec competitor : competitors) {
            if (!names.add(competitor.name())) {
                throw new SettingException("competitors", "has '" + competitor.name() + "' twice; names must differ");
            }
        }
    }
}
