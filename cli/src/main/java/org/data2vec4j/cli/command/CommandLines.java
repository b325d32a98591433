package org.data2vec4j.cli.command;

import org.data2vec4j.Recipe;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunCommand;
import picocli.CommandLine.Model.CommandSpec;

/** What commands that take a recipe have in common. */
final class CommandLines {
    private CommandLines() {}

    /** Prints one line beside the output if a recipe or the words of the command use names of an earlier version. */
    static void noteOldNames(Recipe recipe, CommandSpec command) {
        if (!recipe.oldNames().isEmpty()) {
            command.commandLine().getErr().println(recipe.oldNamesNote());
        }
    }

    /** How the run of a command was asked for: the whole command line, and its {@code resume=}. */
    static RunCommand asked(CommandSpec command, RunArguments arguments) {
        return RunCommand.of(command.root().commandLine().getParseResult().originalArgs(), arguments);
    }
}
