package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.Recipe;
import org.data2vec4j.cli.terminal.Terminal;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.run.FineTuneRun;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunCommand;
import org.data2vec4j.run.SeedSweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v finetune}: learns a task on a pre-trained encoder; in a run directory that has checkpoints, goes on. */
@Command(
        name = "finetune",
        description = {
            "Fine-tune a pre-trained encoder on labelled data. Any setting of the recipe can be overridden as a.b=c.",
            "With weights=random the same model is trained from scratch, as a baseline."
        },
        footer = {
            "",
            "Examples:",
            "  d2v finetune recipe=audio-tiny-ctc from=runs/speech data=transcribed test=test-clean run=runs/recognition",
            "  d2v finetune recipe=audio-tiny-ctc from=runs/speech weights=random labelled=0.1 data=... run=runs/scratch",
            "  d2v finetune recipe=text-tiny-trec from=runs/books data=train.txt test=test.txt seeds=1,2,3,4,5 run=runs/trec",
            "  d2v finetune recipe=text-tiny-sst2 task=cola from=runs/books data=CoLA/train.tsv test=CoLA/dev.tsv,CoLA/test.tsv"
                    + " run=runs/cola",
            "Then: d2v transcribe --run runs/recognition FILE..."
        })
public final class FinetuneCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description =
                    "recipe=NAME-or-FILE, from=RUN, data=PATH, test=PATH[,PATH], run=DIR and any a.b=c of the recipe;"
                            + " seeds=1,2,3 for a run each and the scores' median and spread; for sentences task=NAME: the"
                            + " GLUE task whose .tsv files data and test are; resume=changed to go on with a run that was begun"
                            + " with other settings.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Trains and measures; 0 also when stopped by a signal after the checkpoint was written. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(words, Set.of("recipe", "seeds", "task", RunCommand.RESUME));
        String recipe = arguments.require("recipe", "d2v finetune recipe=audio-tiny-ctc from=runs/speech data=FOLDER");
        List<String> overrides = new ArrayList<>(arguments.overrides());
        String task = arguments.get("task");
        if (task != null) {
            overrides.add("sentences.glue=" + task);
        }
        Recipe loaded = Recipe.load(recipe, overrides);
        FineTuneConfig config = loaded.bind(FineTuneConfig.class);
        CommandLines.noteOldNames(loaded, spec);
        PrintWriter out = spec.commandLine().getOut();
        RunCommand command = CommandLines.asked(spec, arguments);
        String seeds = arguments.get("seeds");
        if (seeds == null) {
            new FineTuneRun(config, out, new Terminal(), command).run();
        } else {
            new SeedSweep(config, SeedSweep.seeds(seeds), out, new Terminal(), command).run();
        }
        return 0;
    }
}
