package org.data2vec4j.text.tokenizer;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.UserException;

/** Opens a tokenizer from the one word a user gives for it. */
public final class Tokenizers {
    private static final List<List<String>> PAIRS =
            List.of(List.of("vocab.json", "merges.txt"), List.of("encoder.json", "vocab.bpe"));
    private static final String DICTIONARY = "dict.txt";

    private Tokenizers() {}

    /**
     * The tokenizer that {@code spec} names: {@code gpt2}; a file {@code tokenizer.json}; a {@code vocab.json} or
     * {@code encoder.json} with its merges beside it; or a folder with one of these. A file {@code dict.txt} beside GPT-2's, in a
     * folder, gives fairseq's ids. Throws {@link UserException} when there is no such thing or something is wrong with it.
     */
    public static BpeTokenizer open(String spec) {
        if (spec.equals("gpt2")) {
            return GptRanks.gpt2();
        }
        Path path = path(spec);
        return Files.isDirectory(path) ? folder(path) : file(path);
    }

    private static BpeTokenizer folder(Path folder) {
        Path json = folder.resolve("tokenizer.json");
        if (Files.exists(json)) {
            return TokenizerJson.read(json);
        }
        Path dictionary = folder.resolve(DICTIONARY);
        for (List<String> pair : PAIRS) {
            Path vocab = folder.resolve(pair.get(0));
            if (Files.exists(vocab)) {
                BpeTokenizer tokenizer = VocabMerges.read(vocab, folder.resolve(pair.get(1)));
                return Files.exists(dictionary) ? FairseqTokenDictionary.apply(dictionary, tokenizer) : tokenizer;
            }
        }
        if (Files.exists(dictionary)) {
            return FairseqTokenDictionary.apply(dictionary, GptRanks.gpt2());
        }
        throw new UserException(
                "the folder " + folder
                        + " has no tokenizer; allowed: tokenizer.json, vocab.json with merges.txt, encoder.json with vocab.bpe, dict.txt");
    }

    private static BpeTokenizer file(Path file) {
        String name = String.valueOf(file.getFileName());
        for (List<String> pair : PAIRS) {
            if (name.equals(pair.get(0))) {
                return VocabMerges.read(file, file.resolveSibling(pair.get(1)));
            }
        }
        if (name.equals(DICTIONARY)) {
            return FairseqTokenDictionary.apply(file, GptRanks.gpt2());
        }
        return TokenizerJson.read(file);
    }

    private static Path path(String spec) {
        try {
            Path path = Path.of(spec);
            if (!spec.isEmpty() && Files.exists(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new UserException("tokenizer '" + spec + "' is not a path: " + e.getReason(), e);
        }
        throw new UserException(
                "tokenizer '" + spec
                        + "' does not exist; give a tokenizer.json (`d2v tokenizer train` makes one), a folder with one, or gpt2");
    }
}
