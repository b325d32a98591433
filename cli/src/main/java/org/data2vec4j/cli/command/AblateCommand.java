package org.data2vec4j.cli.command;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.Recipe;
import org.data2vec4j.cli.terminal.Terminal;
import org.data2vec4j.lab.ablate.Ablation;
import org.data2vec4j.lab.ablate.AblationConfig;
import org.data2vec4j.lab.trial.RunMeasure;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.SeedSweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v ablate}: variations of a recipe over seeds on a small budget, as a table and a plot. */
@Command(
        name = "ablate",
        description = {
            "Train variations of a recipe over several seeds, evaluate each, and write a table with confidence intervals",
            "and a plot. Finished variations are kept, so the same command resumes where it was stopped."
        },
        footer = {
            "",
            "Examples:",
            "  d2v ablate recipe=ablate-image-mask data=cifar10/train run=runs/masks",
            "  d2v ablate recipe=ablate-clones data=cifar10/train run=runs/clones seeds=1,2,3,4,5 budget.updates=500",
            "  d2v ablate recipe=mine.yaml run=runs/mine measure.score=probe",
            "`d2v recipes ablate-image-mask > mine.yaml` prints one to change."
        })
public final class AblateCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description =
                    "recipe=NAME-or-FILE of an ablation, data=PATH, run=DIR, seeds=1,2,3 and any a.b=c of that file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Trains and measures what is not done yet; 0 also when stopped by a signal. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(words, Set.of("recipe", "seeds"));
        String recipe = arguments.require("recipe", "d2v ablate recipe=ablate-image-mask data=FOLDER run=runs/masks");
        Recipe loaded = Recipe.load(recipe, SeedSweep.overrides(arguments));
        AblationConfig config = loaded.bind(AblationConfig.class);
        CommandLines.noteOldNames(loaded, spec);
        new Ablation(
                        config,
                        new RunMeasure(spec.commandLine().getErr()::println),
                        spec.commandLine().getOut(),
                        new Terminal())
                .run();
        return 0;
    }
}
