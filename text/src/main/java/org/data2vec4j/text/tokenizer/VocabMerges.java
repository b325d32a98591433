package org.data2vec4j.text.tokenizer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.data.text.Utf8Lines;

/**
 * The two files that GPT-2 came with: a JSON object of tokens and ids ({@code vocab.json}, {@code encoder.json}) and a text of
 * merges ({@code merges.txt}, {@code vocab.bpe}), whose first line may be {@code #version}.
 */
public final class VocabMerges {
    private static final List<String> SPECIALS = List.of("<s>", "<pad>", "</s>", "<unk>", "<mask>", "<|endoftext|>");

    private VocabMerges() {}

    /**
     * Reads both. The usual special tokens are special where the vocabulary has them. What is wrong throws {@link org.data2vec4j.core.UserException}
     * naming the file and the entry.
     */
    public static BpeTokenizer read(Path vocab, Path merges) {
        TokenIds ids = new TokenIds(vocab.toString());
        TokenizerJson.entries(TokenizerJson.parse(vocab), ids, vocab.toString());
        List<String> tokens = ids.list();
        List<AddedToken> added = new ArrayList<>();
        for (String special : SPECIALS) {
            int id = tokens.indexOf(special);
            if (id >= 0) {
                added.add(AddedToken.special(id, special));
            }
        }
        return new BpeTokenizer(new Vocabulary(tokens, merges(merges, tokens), added, vocab.toString()));
    }

    private static List<Merge> merges(Path file, List<String> tokens) {
        MergeNames names = new MergeNames(tokens, file.toString());
        List<Merge> merges = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty() && !(i == 0 && line.startsWith("#version"))) {
                merges.add(names.parse(line, "line " + (i + 1)));
            }
        }
        return merges;
    }

    static List<String> lines(Path file) {
        return Utf8Lines.of(file);
    }
}
