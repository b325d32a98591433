package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.data2vec4j.Classifier;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v classify}: what pictures show. */
@Command(
        name = "classify",
        description = "Classify images with a fine-tuned model.",
        footer = {
            "",
            "Prints one line for each image: its name, then class and probability, the most likely first, separated by tabs.",
            "",
            "Examples:",
            "  d2v classify --run runs/classes cat.jpg holiday/",
            "  d2v classify --run runs/classes --top 3 pictures.tar"
        })
public final class ClassifyCommand implements Callable<Integer> {
    @Option(names = "--run", required = true, paramLabel = "DIR", description = "The fine-tuning run.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path run;

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "1",
            description = "How many classes to print for each image; 1 unless given.")
    int top;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Images, folders of images, or tar archives.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> files;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Prints a line for each picture; what cannot be read is named, the others go on, and the exit code is 1. */
    @Override
    public Integer call() {
        Check.inRange("--top", top, 1, 1_000_000);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        int[] broken = new int[1];
        try (Classifier classifier = Classifier.open(run)) {
            for (String file : files) {
                try {
                    classifier.classify(
                            file,
                            (name, probabilities) -> out.println(name + likeliest(classifier.classes(), probabilities)),
                            warning -> {
                                err.println("d2v: " + warning);
                                broken[0]++;
                            });
                } catch (UserException e) {
                    err.println("d2v: " + e.getMessage());
                    broken[0]++;
                }
                out.flush();
            }
        }
        return broken[0] == 0 ? 0 : 1;
    }

    private String likeliest(List<String> classes, float[] probabilities) {
        StringBuilder line = new StringBuilder();
        IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -probabilities[c]))
                .limit(top)
                .forEach(c -> line.append(String.format(Locale.ROOT, "\t%s\t%.4f", classes.get(c), probabilities[c])));
        return line.toString();
    }
}
