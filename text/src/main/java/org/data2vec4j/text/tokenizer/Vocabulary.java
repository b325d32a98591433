package org.data2vec4j.text.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;

/**
 * Everything that makes a byte-level tokenizer. {@code tokens}: by id, in {@link ByteAlphabet} characters except for added
 * tokens, which are plain text; {@code merges}: by rank; {@code added}: tokens found in text as they stand; {@code origin}: the
 * file, for messages. Always: names are distinct, every byte has a token, merges name tokens that exist and join to what they say.
 */
public final class Vocabulary {
    private final List<String> tokens;
    private final List<Merge> merges;
    private final List<AddedToken> added;
    private final String origin;
    private final Map<String, Integer> ids;
    private final List<byte[]> bytes;

    /** Checks all of it; what is wrong throws {@link UserException} naming the origin and the entry. */
    public Vocabulary(List<String> tokens, List<Merge> merges, List<AddedToken> added, String origin) {
        this.tokens = List.copyOf(tokens);
        this.merges = List.copyOf(merges);
        this.added = List.copyOf(added);
        this.origin = origin;
        this.ids = new HashMap<>(tokens.size() * 2);
        this.bytes = new ArrayList<>(tokens.size());
        Set<Integer> plain = new HashSet<>();
        added.forEach(token -> plain.add(token.id()));
        for (int id = 0; id < tokens.size(); id++) {
            String token = tokens.get(id);
            Integer other = ids.putIfAbsent(token, id);
            if (other != null) {
                throw new UserException(
                        origin + ": the token '" + token + "' has two ids, " + other + " and " + id + "; keep one");
            }
            bytes.add(plain.contains(id) ? token.getBytes(StandardCharsets.UTF_8) : bytes(token, id));
        }
        checkBytes();
        checkMerges();
        checkAdded();
    }

    /** The number of tokens; ids are 0 to this − 1. */
    public int size() {
        return tokens.size();
    }

    /** Names by id. */
    public List<String> tokens() {
        return tokens;
    }

    /** Merges by rank. */
    public List<Merge> merges() {
        return merges;
    }

    /** The added tokens. */
    public List<AddedToken> added() {
        return added;
    }

    /** Where it comes from, for messages. */
    public String origin() {
        return origin;
    }

    /** The id of a name; −1 if there is none. */
    public int id(String token) {
        return ids.getOrDefault(token, -1);
    }

    /** The bytes that a token stands for; not to be changed. */
    byte[] bytes(int id) {
        return bytes.get(id);
    }

    /** A hash over tokens, merges and added tokens; not over the origin. */
    public String fingerprint() {
        Fingerprint print = new Fingerprint().add("byte-level bpe").add(tokens.size());
        tokens.forEach(print::add);
        merges.forEach(merge -> print.add(merge.left()).add(merge.right()).add(merge.merged()));
        added.forEach(token -> print.add(token.id()).add(token.special() ? 1 : 0));
        return print.hex();
    }

    private byte[] bytes(String token, int id) {
        byte[] value = ByteAlphabet.bytes(token);
        if (value == null || value.length == 0) {
            throw new UserException(
                    origin + ": token " + id + " '" + token
                            + "' is not spelled in byte-level characters; allowed: byte-level BPE vocabularies such as GPT-2's");
        }
        return value;
    }

    private void checkBytes() {
        for (int b = 0; b < 256; b++) {
            if (id(String.valueOf(ByteAlphabet.character(b))) < 0) {
                throw new UserException(origin + ": no token stands for byte " + b + " ('" + ByteAlphabet.character(b)
                        + "'); allowed: byte-level BPE vocabularies, which have all 256");
            }
        }
    }

    private void checkMerges() {
        for (int rank = 0; rank < merges.size(); rank++) {
            Merge merge = merges.get(rank);
            String joined = tokens.get(merge.left()) + tokens.get(merge.right());
            if (!joined.equals(tokens.get(merge.merged()))) {
                throw new UserException(origin + ": merge " + (rank + 1) + " '" + tokens.get(merge.left()) + " "
                        + tokens.get(merge.right()) + "' does not make the token '" + tokens.get(merge.merged()) + "'");
            }
        }
    }

    private void checkAdded() {
        for (AddedToken token : added) {
            if (token.id() < 0
                    || token.id() >= size()
                    || !tokens.get(token.id()).equals(token.content())
                    || token.content().isEmpty()) {
                throw new UserException(origin + ": the added token '" + token.content() + "' has id " + token.id()
                        + ", which is not its id in the vocabulary of " + size() + " tokens");
            }
        }
    }
}
