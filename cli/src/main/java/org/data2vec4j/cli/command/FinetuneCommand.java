package org.data2vec4j.cli.command;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.cli.config.Recipe;
import org.data2vec4j.cli.run.FineTuneRun;
import org.data2vec4j.cli.run.RunArguments;
import org.data2vec4j.eval.finetune.FineTuneConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v finetune}: learns a task on a pre-trained encoder; in a run directory that has checkpoints, goes on. */
@Command(
        name = "finetune",
        description = {
            "Learn a task on a pre-trained encoder, from labelled data. Any setting of the recipe can be overridden as a.b=c.",
            "With weights=random the same model begins from scratch: the control."
        },
        footer = {
            "",
            "Examples:",
            "  d2v finetune recipe=audio-tiny-ctc from=runs/speech data=transcribed test=test-clean run=runs/recognition",
            "  d2v finetune recipe=audio-tiny-ctc from=runs/speech weights=random labelled=0.1 data=... run=runs/scratch",
            "Then: d2v transcribe run=runs/recognition FILE..."
        })
public final class FinetuneCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description =
                    "recipe=NAME-or-FILE, from=RUN, data=PATH, test=PATH[,PATH], run=DIR and any a.b=c of the recipe.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Trains and measures; 0 also when stopped by a signal after the checkpoint was written. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(words, Set.of("recipe"));
        String recipe = arguments.require("recipe", "d2v finetune recipe=audio-tiny-ctc from=runs/speech data=FOLDER");
        FineTuneConfig config = Recipe.load(recipe, arguments.overrides()).bind(FineTuneConfig.class);
        new FineTuneRun(config, spec.commandLine().getOut()).run();
        return 0;
    }
}
