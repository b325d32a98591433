package org.data2vec4j.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v report}: writes a run's page. */
@Command(
        name = "report",
        description = "Write a run's page, report.html: curves, masks, nearest neighbours, health, configuration.",
        footer = {"", "Example: d2v report run=runs/image-tiny"})
public final class ReportCommand implements Callable<Integer> {
    @Parameters(arity = "1", paramLabel = "run=DIR", description = "The run directory.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Writes the page and names it. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(words, Set.of("run"));
        arguments.noOverrides("run=DIR");
        Path page = RunReport.write(Path.of(arguments.require("run", "d2v report run=runs/image-tiny")));
        spec.commandLine().getOut().println("wrote " + page);
        return 0;
    }
}
