package org.data2vec4j.cli.command;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.Recipe;
import org.data2vec4j.cli.terminal.Terminal;
import org.data2vec4j.lab.race.Race;
import org.data2vec4j.lab.race.RaceConfig;
import org.data2vec4j.lab.trial.RunMeasure;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.SeedSweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v race}: methods on the same data, machine and training time, and what each knows after how much of it. */
@Command(
        name = "race",
        description = {
            "Train several methods for the same time on the same data, evaluate them on the way, and write plots and tables",
            "over seconds, samples and FLOPs: race.html. Methods take turns, so that other work on the machine slows all alike.",
            "Only training time counts. Learning rates are searched for every method in the same way. Ctrl-C stops; the same",
            "command resumes."
        },
        footer = {
            "",
            "Examples:",
            "  d2v race recipe=race-images data=cifar10/train run=runs/race budget.seconds=1200",
            "  d2v race recipe=race-speech data=digits.tar run=runs/race seeds=1,2,3 \\",
            "      \"measure.settings=[data=fsdd.tar.gz, …]\"",
            "  d2v race recipe=mine.yaml sweep=null",
            "`d2v recipes race-images > mine.yaml` prints one to change: competitors by name, recipe and settings."
        })
public final class RaceCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "recipe=NAME-or-FILE of a race, data=PATH, run=DIR, seeds=1,2,3 and any a.b=c of that file:"
                    + " budget.seconds (of training, for each competitor and seed), budget.slice (of a turn),"
                    + " budget.evaluate (between measurements), measure.score=knn|probe, sweep.learning_rates, …")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Runs what is not done yet; 0 also when stopped by a signal. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(words, Set.of("recipe", "seeds"));
        String recipe = arguments.require("recipe", "d2v race recipe=race-images data=FOLDER run=runs/race");
        Recipe loaded = Recipe.load(recipe, SeedSweep.overrides(arguments));
        RaceConfig config = loaded.bind(RaceConfig.class);
        CommandLines.noteOldNames(loaded, spec);
        new Race(
                        config,
                        new RunMeasure(spec.commandLine().getErr()::println),
                        new Terminal(),
                        spec.commandLine().getOut())
                .run();
        return 0;
    }
}
