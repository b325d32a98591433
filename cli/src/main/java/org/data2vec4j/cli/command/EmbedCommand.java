package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Options;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.data.OutputClaim;
import org.data2vec4j.embed.Embedding;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v embed}: one vector for each picture, recording or text. */
@Command(
        name = "embed",
        description = {
            "Write one vector for each image, recording or text: the mean of its final features.",
            "FILE.npy and FILE.safetensors (tensor 'vectors') have FILE.names.txt beside them; FILE.csv has the names in its first"
                    + " column; FILE.parquet (string, list of floats) and FILE.jsonl have name and vector.",
            "The same command resumes where it was stopped."
        },
        footer = {
            "",
            "Examples:",
            "  d2v embed run=runs/photos data=photos output=photos.npy",
            "  d2v embed run=runs/books data=sentences.txt output=sentences.csv weights=teacher"
        })
public final class EmbedCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "run=DIR, data=PATH (images or recordings as in pre-training; a file of texts, one a line),"
                    + " output=FILE.npy, .safetensors, .parquet, .csv or .jsonl; optional: weights=student|teacher.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Option(names = "--force", description = "Overwrite an output that was made from another run, weights or data.")
    boolean force;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Embeds and says how many there are. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(words, Set.of("run", "data", "output", "weights"));
        arguments.noOverrides(
                "run=DIR, data=PATH, output=FILE.npy|.safetensors|.parquet|.csv|.jsonl, weights=student|teacher");
        Path run = Path.of(arguments.require("run", "run=runs/photos"));
        String data = arguments.require("data", "data=photos");
        Path output = Path.of(arguments.require("output", "output=photos.npy"));
        PrintWriter out = spec.commandLine().getOut();
        try (Data2Vec model = Data2Vec.load(run, options(run, WeightsChoice.one(arguments.get("weights", "both"))))) {
            long begun = System.nanoTime();
            Embedding embedding = new Embedding(
                    model,
                    spec.commandLine().getErr()::println,
                    force ? OutputClaim.Existing.REPLACE : OutputClaim.Existing.KEEP);
            int count = embedding.write(data, output);
            double seconds = (System.nanoTime() - begun) / 1e9;
            out.println(String.format(
                    Locale.ROOT,
                    "wrote %s: %,d vectors of %d numbers (%.1f a second)",
                    output,
                    count,
                    model.width(),
                    (count - embedding.known()) / seconds));
        } finally {
            out.flush();
        }
        return 0;
    }

    /** The threads that the run's recipe says, or all processors. */
    static Options options(Path run, WeightsChoice weights) {
        int threads = RunDirectory.config(run).train().threads();
        return Options.weights(weights)
                .withThreads(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
    }
}
