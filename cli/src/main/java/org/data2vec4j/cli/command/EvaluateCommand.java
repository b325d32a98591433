package org.data2vec4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.data2vec4j.cli.terminal.Terminal;
import org.data2vec4j.evaluate.RunSuite;
import org.data2vec4j.run.RunArguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v evaluate}: everything that is measured of a run, on one page and in one file. */
@Command(
        name = "evaluate",
        description = {
            "Evaluate a run's frozen features beside baselines: k-NN, linear and attentive probes, few labels, layer by layer,"
                    + " over several seeds. Also draws the features' health, attention, and a map.",
            "Writes evaluation.html and evaluation.json.",
        },
        footer = {
            "",
            "Examples:",
            "  d2v evaluate runs/photos test=labelled/test",
            "  d2v evaluate runs/photos data=labelled/train test=labelled/test bank=5000 queries=2000 finetune=300",
            "  d2v evaluate runs/speech data=words by=speaker 'split=train' 'test_split=test' labels=PATTERN",
            "  d2v evaluate runs/books data=train.txt test=test.txt",
            "Then: d2v compare runs/photos runs/others"
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "RUN|KEY=VALUE",
            description =
                    "The run directory (or run=DIR); optional: data=PATH (labelled samples that classify; a run of"
                            + " pictures has its own), test=PATH (samples to classify), weights=student|teacher|both, bank=N, queries=N,"
                            + " k=N, temperature=T, space=raw|whitened (where neighbours are near), seeds=0,1,2, shares=0.01,0.1 (of the labels), tokens=N (training samples of the"
                            + " attentive probe), map=N (points), finetune=UPDATES (images and text: also fine-tune, and train from"
                            + " scratch, for as long; slow), recipe=NAME of it, out=DIR.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Measures, writes and prints the scores. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(named(words), RunSuite.KEYS);
        arguments.noOverrides(RunSuite.ALLOWED);
        new RunSuite(arguments, spec.commandLine().getOut(), spec.commandLine().getErr()::println, new Terminal())
                .run();
        return 0;
    }

    /** A first word that is no {@code key=value} is the run. */
    static List<String> named(List<String> words) {
        List<String> all = new ArrayList<>(words);
        if (!all.get(0).contains("=")) {
            all.set(0, "run=" + all.get(0));
        }
        return all;
    }
}
