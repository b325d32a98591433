package org.data2vec4j.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.data2vec4j.core.UserException;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.Tokenizers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v tokenizer decode}: token ids to text, a line for a line. */
@Command(
        name = "decode",
        description = "Print the text of token ids, or of the ids on every line of the standard input.",
        footer = {
            "",
            "Examples:",
            "  d2v tokenizer decode gpt2 15496 995",
            "  d2v tokenizer encode tokenizer.json < lines.txt | d2v tokenizer decode tokenizer.json"
        })
public final class TokenizerDecodeCommand implements Callable<Integer> {
    private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

    @Parameters(index = "0", paramLabel = "FILE", description = "The tokenizer: a file, a folder, or gpt2.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    String tokenizer;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ID", description = "Token ids.")
    @Nullable
    List<String> ids;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Decodes and prints. */
    @Override
    public Integer call() {
        BpeTokenizer opened = Tokenizers.open(tokenizer);
        PrintWriter out = spec.commandLine().getOut();
        if (ids != null) {
            out.println(text(opened, String.join(" ", ids)));
            return 0;
        }
        try {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                out.println(text(opened, line));
            }
        } catch (IOException e) {
            throw new UserException("the standard input cannot be read: " + e, e);
        }
        return 0;
    }

    private static String text(BpeTokenizer opened, String line) {
        int[] numbers = BETWEEN.splitAsStream(line.strip())
                .filter(word -> !word.isEmpty())
                .mapToInt(TokenizerDecodeCommand::number)
                .toArray();
        return opened.decodeText(numbers);
    }

    private static int number(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new UserException("'" + word + "' is not a token id; allowed: whole numbers", e);
        }
    }
}
