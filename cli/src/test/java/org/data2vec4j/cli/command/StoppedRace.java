package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.data2vec4j.Recipe;
import org.data2vec4j.lab.race.Race;
import org.data2vec4j.lab.race.RaceConfig;
import org.data2vec4j.lab.trial.RunMeasure;
import org.data2vec4j.run.RunWatch;

/** A race as {@code d2v race} runs it, but for the signal that stops it. */
public final class StoppedRace {
    private StoppedRace() {}

    /** Stops once it was asked so many times whether to stop; whether the race was over before. */
    public static boolean run(Path recipe, Path run, int asked) {
        RaceConfig config = Recipe.load(recipe.toString(), List.of("run=" + run, "seeds=[1]"))
                .bind(RaceConfig.class);
        AtomicInteger left = new AtomicInteger(asked);
        PrintWriter out = new PrintWriter(new StringWriter());
        return new Race(
                        config,
                        new RunMeasure(message -> {}),
                        RunWatch.stoppedBy(() -> left.decrementAndGet() <= 0),
                        out)
                .run();
    }
}
