package org.data2vec4j.cli.command;

import java.nio.file.Path;
import org.data2vec4j.audio.ctc.Decoding;
import org.data2vec4j.audio.ctc.ScoreWeights;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a recogniser's letters are read, as options of a command. */
final class DecodingOptions {
    private static final int USUAL = 50;
    /** Without a lexicon, running words together must not be cheaper than saying them. */
    private static final double UNKNOWN = -10;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Size of the beam in prefix beam search; greedy unless given, 50 with --lm or --lexicon.")
    @Nullable
    Integer beam;

    @Option(names = "--lm", paramLabel = "FILE", description = "A language model over words, ARPA n-grams.")
    @Nullable
    Path model;

    @Option(
            names = "--lexicon",
            paramLabel = "FILE",
            description = "The allowed words: one per line, followed by its letters if they differ from the word.")
    @Nullable
    Path lexicon;

    @Option(
            names = "--lm-weight",
            paramLabel = "W",
            defaultValue = "1",
            description = "Weight of the language model's natural logarithms; ${DEFAULT-VALUE} unless given.")
    double weight;

    @Option(
            names = "--word-score",
            paramLabel = "S",
            defaultValue = "0",
            description = "Score added for each word; above 0 gives more words; ${DEFAULT-VALUE} unless given.")
    double word;

    /** The decoding they ask for. */
    Decoding decoding() {
        boolean language = model != null || lexicon != null;
        int kept = beam != null ? beam : language ? USUAL : 0;
        return new Decoding(
                kept,
                model,
                lexicon,
                new ScoreWeights(model == null ? 0 : weight, word, 0, model == null ? 0 : UNKNOWN));
    }
}
