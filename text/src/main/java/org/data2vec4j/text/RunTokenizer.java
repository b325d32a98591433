package org.data2vec4j.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.data2vec4j.core.UserException;
import org.data2vec4j.text.data.SkippedText;
import org.data2vec4j.text.data.TextReader;
import org.data2vec4j.text.data.TextSource;
import org.data2vec4j.text.data.TextSources;
import org.data2vec4j.text.model.TextConfig;
import org.data2vec4j.text.tokenizer.BpeTokenizer;
import org.data2vec4j.text.tokenizer.BpeTrainer;
import org.data2vec4j.text.tokenizer.BpeTrainerConfig;
import org.data2vec4j.text.tokenizer.SpecialIds;
import org.data2vec4j.text.tokenizer.TokenizerJson;
import org.data2vec4j.text.tokenizer.Tokenizers;

/** The tokenizer of a run: the one its recipe names, or the one in the run directory; always one that fits the model. */
final class RunTokenizer {
    private final TextModality text;
    private final Path own;

    RunTokenizer(TextModality text, Path run) {
        this.text = text;
        this.own = run.resolve(TextModality.TOKENIZER);
    }

    /** The tokenizer, which must be there. */
    BpeTokenizer existing() {
        if (!text.tokenizer().isEmpty()) {
            return fitting(Tokenizers.open(text.tokenizer()), "text.tokenizer " + text.tokenizer());
        }
        if (!Files.isRegularFile(own)) {
            throw new UserException(own + " does not exist; it is written by d2v pretrain and belongs to the model:"
                    + " bring it back, or set text.tokenizer to a copy of it");
        }
        return fitting(TokenizerJson.read(own), own.toString());
    }

    /** The tokenizer; if none is named and the run has none, trained on its text and written. */
    BpeTokenizer orTrained(TextSource source, Consumer<String> messages) {
        if (!text.tokenizer().isEmpty() || Files.isRegularFile(own)) {
            return existing();
        }
        messages.accept(String.format(
                Locale.ROOT, "training a tokenizer of %,d tokens on %s", text.vocabulary(), source.name()));
        BpeTokenizer trained;
        // What is skipped is told when the text is tokenized.
        try (TextReader reader = source.read(new SkippedText(message -> {}))) {
            trained = BpeTrainer.train(TextSources.pieces(reader), BpeTrainerConfig.ofSize(text.vocabulary()));
        }
        TokenizerJson.write(trained, own);
        return trained;
    }

    private BpeTokenizer fitting(BpeTokenizer tokenizer, String name) {
        if (tokenizer.size() > text.vocabulary()) {
            throw new UserException(name + " has " + tokenizer.size() + " tokens, but text.vocabulary is "
                    + text.vocabulary() + "; set text.vocabulary=" + tokenizer.size());
        }
        SpecialIds ids = tokenizer.specials();
        TextConfig model = text.text();
        if (ids.bos() != model.begin() || ids.pad() != model.pad() || ids.eos() != model.end()) {
            throw new UserException(name + " numbers <s>, <pad>, </s> as " + ids.bos() + ", " + ids.pad() + ", "
                    + ids.eos() + "; allowed: 0, 1, 2, as `d2v tokenizer train` does");
        }
        return tokenizer;
    }
}
