package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.core.UserException;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.text.data.SkippedText;
import org.data2vec4j.text.data.TextOptions;
import org.data2vec4j.text.data.TextReader;
import org.data2vec4j.text.data.TextSource;
import org.data2vec4j.text.data.TextSources;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.BpeTrainer;
import org.data2vec4j.text.tokenizer.BpeTrainerConfig;
import org.data2vec4j.text.tokenizer.TokenizerJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v tokenizer train}: learns a vocabulary from text and writes a tokenizer.json. */
@Command(
        name = "train",
        description = "Train a byte-level BPE tokenizer on text; the same text gives the same file.",
        footer = {
            "",
            "Examples:",
            "  d2v tokenizer train data=books vocab=8000 output=tokenizer.json",
            "  d2v tokenizer train data=reviews.jsonl field=body vocab=32000 output=runs/reviews/tokenizer.json"
        })
public final class TokenizerTrainCommand implements Callable<Integer> {
    private static final String KEYS =
            "data=PATH, output=FILE, vocab=N, minimum=N, unit=file|line, field=NAME, threads=N";
    private static final int VOCAB = 8000;

    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description =
                    "data=PATH (a text file, a folder of .txt and .jsonl files, or synthetic), output=FILE; optional:"
                            + " vocab=N (8000; special tokens and bytes included), minimum=N (occurrences of a pair, 2),"
                            + " unit=file|line (a document of a .txt file, file), field=NAME (of .jsonl lines, text), threads=N.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Trains and writes. */
    @Override
    public Integer call() {
        RunArguments arguments =
                new RunArguments(words, Set.of("data", "output", "vocab", "minimum", "unit", "field", "threads"));
        arguments.noOverrides(KEYS);
        String example = "d2v tokenizer train data=books vocab=8000 output=tokenizer.json";
        String data = arguments.require("data", example);
        Path output = Path.of(arguments.require("output", example));
        if (Files.isDirectory(output)) {
            throw new UserException("output " + output + " is a folder; give the name of a file, such as "
                    + output.resolve("tokenizer.json"));
        }
        BpeTrainerConfig config = new BpeTrainerConfig(
                arguments.number("vocab", VOCAB),
                arguments.number("minimum", 2),
                BpeTrainerConfig.ROBERTA_SPECIALS,
                arguments.number("threads", Runtime.getRuntime().availableProcessors()));
        TextSource source = TextSources.open(data, options(arguments));
        train(source, config, output);
        return 0;
    }

    private void train(TextSource source, BpeTrainerConfig config, Path output) {
        PrintWriter out = spec.commandLine().getOut();
        SkippedText skipped = new SkippedText(spec.commandLine().getErr()::println);
        long start = System.nanoTime();
        try (TextReader reader = source.read(skipped)) {
            Counted texts = new Counted(TextSources.pieces(reader));
            BpeTokenizer tokenizer = BpeTrainer.train(texts, config);
            if (texts.bytes == 0) {
                throw new UserException("data " + source.name() + " has no text that can be used");
            }
            TokenizerJson.write(tokenizer, output);
            out.println(String.format(
                    Locale.ROOT,
                    "%s: %d tokens from %.1f MB of text in %.1f s%s",
                    output,
                    tokenizer.size(),
                    texts.bytes / 1e6,
                    (System.nanoTime() - start) / 1e9,
                    skipped.count() == 0 ? "" : ", " + skipped.count() + " skipped"));
            if (tokenizer.size() < config.vocabSize()) {
                out.println("fewer than the " + config.vocabSize() + " asked for: no other pair occurs "
                        + config.minFrequency() + " times; give more text or a smaller vocab");
            }
        }
    }

    private static TextOptions options(RunArguments arguments) {
        String unit = arguments.get("unit", "file");
        if (!unit.equals("file") && !unit.equals("line")) {
            throw new UserException("unit is '" + unit + "'; allowed: file, line");
        }
        return new TextOptions(
                TextOptions.Unit.valueOf(unit.toUpperCase(Locale.ROOT)), arguments.get("field", "text"), 0);
    }

    /** Counts the bytes that go by. */
    private static final class Counted implements Iterator<byte[]> {
        private final Iterator<byte[]> texts;
        private long bytes;

        Counted(Iterator<byte[]> texts) {
            this.texts = texts;
        }

        @Override
        public boolean hasNext() {
            return texts.hasNext();
        }

        @Override
        public byte[] next() {
            byte[] text = texts.next();
            bytes += text.length;
            return text;
        }
    }
}
