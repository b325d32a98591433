package org.data2vec4j.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.data2vec4j.core.UserException;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.Tokenizers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v tokenizer encode}: text to token ids, a line for a line. */
@Command(
        name = "encode",
        description = "Print the token ids of a text, or of every line of the standard input.",
        footer = {
            "",
            "Examples:",
            "  d2v tokenizer encode tokenizer.json \"What is this?\"",
            "  d2v tokenizer encode --tokens gpt2 < lines.txt"
        })
public final class TokenizerEncodeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The tokenizer: a file, a folder, or gpt2.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String tokenizer;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "TEXT",
            description = "The text; words are joined by spaces.")
    @Nullable
    List<String> text;

    @Option(names = "--tokens", description = "Print the tokens as the vocabulary spells them instead of their ids.")
    boolean tokens;

    @Option(
            names = "--specials",
            description = "Read names such as <mask> in the text as special tokens; otherwise they are text.")
    boolean specials;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Encodes and prints. */
    @Override
    public Integer call() {
        BpeTokenizer opened = Tokenizers.open(tokenizer);
        PrintWriter out = spec.commandLine().getOut();
        if (text != null) {
            out.println(line(opened, String.join(" ", text)));
            return 0;
        }
        try {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                out.println(line(opened, line));
            }
        } catch (IOException e) {
            throw new UserException("the standard input cannot be read: " + e, e);
        }
        return 0;
    }

    private String line(BpeTokenizer opened, String line) {
        int[] ids = specials ? opened.encodeWithSpecials(line) : opened.encode(line);
        return Arrays.stream(ids)
                .mapToObj(id -> tokens ? opened.vocabulary().tokens().get(id) : Integer.toString(id))
                .collect(Collectors.joining(" "));
    }
}
