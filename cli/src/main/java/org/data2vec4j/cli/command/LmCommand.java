package org.data2vec4j.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.data2vec4j.audio.lm.ArpaReader;
import org.data2vec4j.audio.lm.LanguageModel;
import org.data2vec4j.audio.lm.NgramTrainer;
import org.data2vec4j.audio.lm.NgramTrainerConfig;
import org.data2vec4j.audio.lm.Perplexity;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.Utf8Lines;
import org.data2vec4j.evaluation.metric.ErrorRate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v lm}: a language model over words for the beam search, trained here. */
@Command(
        name = "lm",
        description = "Train a word n-gram language model (modified Kneser-Ney) for d2v transcribe and wer.",
        footer = {
            "",
            "Example:",
            "  d2v lm transcripts.txt --order 3 --output words.arpa --test other.txt",
            "Then: d2v wer --run runs/recognition --data test-clean --lm words.arpa"
        })
public final class LmCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Text, one sentence per line, written like the transcripts.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<Path> files;

    @Option(
            names = "--order",
            defaultValue = "3",
            description = "Number of words of the longest n-gram; ${DEFAULT-VALUE} unless given.")
    int order;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The ARPA file to write.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path output;

    @Option(names = "--test", paramLabel = "FILE", description = "Text to measure the perplexity on.")
    @Nullable
    Path test;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Trains, writes, and measures if asked. */
    @Override
    public Integer call() {
        List<List<String>> sentences = new ArrayList<>();
        files.forEach(file -> sentences.addAll(sentences(file)));
        NgramTrainer.train(sentences, NgramTrainerConfig.ofOrder(order)).write(output);
        spec.commandLine().getOut().println("wrote " + output + " from " + sentences.size() + " sentences");
        if (test != null) {
            LanguageModel model = ArpaReader.read(output);
            spec.commandLine().getOut().println(perplexity(model, sentences(test)));
        }
        return 0;
    }

    private String perplexity(LanguageModel model, List<List<String>> sentences) {
        Perplexity perplexity = Perplexity.of(model, sentences);
        return String.format(
                Locale.ROOT,
                "perplexity on %s: %.2f over %d tokens, %d of them unknown",
                test,
                perplexity.perplexity(),
                perplexity.tokens(),
                perplexity.unknown());
    }

    private static List<List<String>> sentences(Path file) {
        List<List<String>> sentences = new ArrayList<>();
        try (Utf8Lines lines = Utf8Lines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    sentences.add(ErrorRate.wordsOf(line));
                }
            }
        }
        if (sentences.isEmpty()) {
            throw new UserException(file + " has no sentences");
        }
        return sentences;
    }
}
