package org.data2vec4j.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluate.RunComparison;
import org.data2vec4j.evaluation.file.AtomicText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v compare}: evaluations side by side. */
@Command(
        name = "compare",
        description = "Show evaluated runs side by side, and name the rows in which their protocols differ.",
        footer = {"", "Example: d2v compare runs/a runs/b out=comparison.html"})
public final class CompareCommand implements Callable<Integer> {
    private static final String OUT = "out=";

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description =
                    "Run directories, or evaluation.json files; out=FILE names the page (comparison.html unless given).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Prints the table and writes the page. */
    @Override
    public Integer call() {
        Path page = Path.of("comparison.html");
        List<Path> runs = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith(OUT)) {
                page = Path.of(word.substring(OUT.length()));
            } else {
                runs.add(Path.of(word));
            }
        }
        if (runs.isEmpty()) {
            throw new UserException(
                    "no run is given; give directories that d2v evaluate has written to, as in d2v compare runs/a runs/b");
        }
        RunComparison comparison = RunComparison.of(runs);
        spec.commandLine().getOut().println(comparison.text());
        String html = comparison.page();
        AtomicText.write(page, out -> out.write(html));
        spec.commandLine().getOut().println("wrote " + page);
        return 0;
    }
}
