package org.data2vec4j.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.Recipe;
import org.data2vec4j.cli.terminal.Terminal;
import org.data2vec4j.run.PretrainRun;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunCommand;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.run.PretrainConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v quickstart}: a short pre-training on images drawn on the fly, measured, with its page and {@code scores.json}. */
@Command(
        name = "quickstart",
        description = {
            "Pre-train a small encoder on images of ten patterns drawn on the fly, compare it with the untrained encoder and",
            "raw pixels, and write the run's page and scores.json. Takes a few minutes on two cores and needs no data."
        },
        footer = {"", "Then on your own images: d2v pretrain recipe=image-tiny data=FOLDER run=runs/mine"})
public final class QuickstartCommand implements Callable<Integer> {
    private static final String RECIPE = "quickstart";

    @Parameters(
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "Settings of the recipe quickstart to override.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Trains, measures, writes the page. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(words, Set.of(RunCommand.RESUME));
        PretrainConfig config = Recipe.load(RECIPE, arguments.overrides()).bind(PretrainConfig.class);
        Trainer.End end = new PretrainRun(
                        config,
                        spec.commandLine().getOut(),
                        ProcessGroup.single(),
                        new Terminal(),
                        CommandLines.asked(spec, arguments))
                .run();
        if (end.finished()) {
            spec.commandLine().getOut().println("open it in a browser: " + Path.of(config.run(), "report.html"));
        }
        return 0;
    }
}
