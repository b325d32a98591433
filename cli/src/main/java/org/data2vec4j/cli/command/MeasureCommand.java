package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.data2vec4j.evaluate.FrozenRun;
import org.data2vec4j.evaluate.FrozenScores;
import org.data2vec4j.evaluation.suite.Probe;
import org.data2vec4j.run.LoadedPretraining;
import org.data2vec4j.run.RunArguments;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code d2v knn} and {@code d2v probe} share: frozen features of a run on labelled samples, beside the controls. */
abstract class MeasureCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description =
                    "run=DIR; optional: data=PATH (labelled samples that classify; the images of the run unless given),"
                            + " test=PATH (samples to classify; for images a held-out fifth of data unless given),"
                            + " weights=student|teacher|both, layer=N, last, all (each block) or sum (d2v probe: also a learned sum"
                            + " of the blocks), pool=mean|cls, bank=N, queries=N, k=N, temperature=T,"
                            + " space=raw|whitened (of neighbours: features as they are, or centred and whitened by the bank)."
                            + " For audio, by=label|speaker, labels=REGEX, split=REGEX, test_split=REGEX choose classes and samples."
                            + " For text, data and test are files of lines 'label sentence', or .tsv files of the GLUE"
                            + " task=NAME.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Which scores to print. */
    abstract Probe probe();

    /** Measures and prints a table per encoder. */
    @Override
    public Integer call() {
        RunArguments arguments = FrozenRun.arguments(words);
        Path path = Path.of(arguments.require("run", "run=runs/image-tiny"));
        PrintWriter out = spec.commandLine().getOut();
        try (LoadedPretraining run = LoadedPretraining.open(path);
                FrozenRun measured =
                        FrozenRun.open(run, arguments, spec.commandLine().getErr()::println)) {
            FrozenScores scores = measured.scores();
            if (json) {
                out.println(scores.json(probe()));
            } else {
                out.print(scores.tables(probe()));
            }
            out.flush();
        }
        return 0;
    }
}
