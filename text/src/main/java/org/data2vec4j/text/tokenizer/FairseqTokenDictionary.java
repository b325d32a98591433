package org.data2vec4j.text.tokenizer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.UserException;

/**
 * The ids of models trained with fairseq: a file {@code dict.txt} whose line n, {@code id count}, gives the token {@code id} of a
 * GPT-2 vocabulary the new id n + 4, after {@code <s>} 0, {@code <pad>} 1, {@code </s>} 2 and {@code <unk>} 3; {@code <mask>}
 * comes last. Entries such as {@code madeupword0000}, which pad the dictionary, keep their places and are never produced.
 */
public final class FairseqTokenDictionary {
    private static final List<String> FIRST = List.of("<s>", "<pad>", "</s>", "<unk>");
    private static final String FILLER = "madeupword";

    private FairseqTokenDictionary() {}

    /**
     * The same tokenizer with fairseq's ids. A line that names no token or one named before, and a token without a line, throw
     * {@link UserException} naming the file and the entry.
     */
    public static BpeTokenizer apply(Path file, BpeTokenizer tokenizer) {
        Vocabulary old = tokenizer.vocabulary();
        int[] newIds = new int[old.size()];
        Arrays.fill(newIds, -1);
        List<String> names = new ArrayList<>(FIRST);
        List<String> lines = VocabMerges.lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String entry = lines.get(i).strip();
            int space = entry.indexOf(' ');
            String word = space < 0 ? entry : entry.substring(0, space);
            if (word.startsWith(FILLER)) {
                names.add(word);
                continue;
            }
            int id = id(word, old.size(), file, i + 1);
            if (newIds[id] >= 0) {
                throw new UserException(file + ": line " + (i + 1) + " names token " + id + " a second time");
            }
            newIds[id] = names.size();
            names.add(old.tokens().get(id));
        }
        for (int id = 0; id < newIds.length; id++) {
            if (newIds[id] < 0) {
                throw new UserException(
                        file + ": token " + id + " '" + old.tokens().get(id) + "' of " + old.origin()
                                + " has no line; the dictionary belongs to another tokenizer");
            }
        }
        names.add("<mask>");
        List<AddedToken> added = new ArrayList<>();
        FIRST.forEach(token -> added.add(AddedToken.special(FIRST.indexOf(token), token)));
        old.added().forEach(token -> added.add(AddedToken.special(newIds[token.id()], token.content())));
        added.add(AddedToken.special(names.size() - 1, "<mask>"));
        List<Merge> merges = old.merges().stream()
                .map(merge -> new Merge(newIds[merge.left()], newIds[merge.right()], newIds[merge.merged()]))
                .toList();
        return new BpeTokenizer(new Vocabulary(names, merges, added, file.toString()));
    }

    private static int id(String word, int size, Path file, int line) {
        try {
            int id = Integer.parseInt(word);
            if (id >= 0 && id < size) {
                return id;
            }
        } catch (NumberFormatException e) {
            throw new UserException(
                    file + ": line " + line + " begins with '" + word + "'; expected the number of a GPT-2 token", e);
        }
        throw new UserException(file + ": line " + line + " names token " + word + "; allowed: 0 to " + (size - 1));
    }
}
