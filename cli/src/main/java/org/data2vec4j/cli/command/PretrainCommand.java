package org.data2vec4j.cli.command;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.Recipe;
import org.data2vec4j.cli.terminal.Terminal;
import org.data2vec4j.run.PretrainRun;
import org.data2vec4j.run.Processes;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunCommand;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.train.Trainer;
import org.data2vec4j.train.run.PretrainConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v pretrain}: trains by a recipe; in a run directory that has checkpoints, goes on from the newest. */
@Command(
        name = "pretrain",
        description = {
            "Pre-train by a recipe. Any setting of the recipe can be overridden as a.b=c.",
            "If the run directory has checkpoints, the run resumes from the newest."
        },
        footer = {
            "",
            "Examples:",
            "  d2v pretrain recipe=image-tiny data=photos run=runs/photos",
            "  d2v pretrain recipe=my.yaml train.updates=5000 data2vec2.mask.ratio=0.7",
            "Several processes: d2v launch --nproc 2 -- pretrain recipe=…, or any launcher that sets torchrun's variables.",
            "Ctrl-C writes a checkpoint and stops; the same command resumes. `d2v recipes` lists the recipes."
        })
public final class PretrainCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "recipe=NAME-or-FILE, then data=PATH, run=DIR and any a.b=c of the recipe; resume=changed"
                    + " to go on with a run that was begun with other settings.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Trains; 0 also when stopped by a signal after the checkpoint was written. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(words, Set.of("recipe", RunCommand.RESUME));
        String recipe = arguments.require("recipe", "d2v pretrain recipe=image-tiny data=FOLDER run=runs/mine");
        Recipe loaded = Recipe.load(recipe, arguments.overrides());
        PretrainConfig config = loaded.bind(PretrainConfig.class);
        RunCommand command = CommandLines.asked(spec, arguments);
        Trainer.End end;
        boolean leads;
        try (ProcessGroup group = Processes.meet(config)) {
            leads = group.isRankZero();
            if (leads) {
                CommandLines.noteOldNames(loaded, spec);
            }
            end = Processes.together(
                    group,
                    () -> new PretrainRun(config, spec.commandLine().getOut(), group, new Terminal(), command).run());
        }
        if (end.finished() && leads) {
            spec.commandLine()
                    .getOut()
                    .println("look at it: d2v report run=" + config.run() + "   measure it: d2v knn run="
                            + config.run());
        }
        return 0;
    }
}
