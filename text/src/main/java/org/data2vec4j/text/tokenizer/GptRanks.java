package org.data2vec4j.text.tokenizer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.data2vec4j.core.UserException;

/**
 * Vocabularies in the form of OpenAI's {@code .tiktoken} files: each line the bytes of a token in base 64 and its rank, which is
 * its id. The merges are not in the file; each token's own is found by merging its bytes with the ranks before it.
 */
public final class GptRanks {
    private static final String R50K = "com/knuddels/jtokkit/r50k_base.tiktoken";
    private static final String END_OF_TEXT = "<|endoftext|>";

    private GptRanks() {}

    /** GPT-2's tokenizer: 50,256 tokens and {@code <|endoftext|>}; the file comes with the library jtokkit. */
    public static BpeTokenizer gpt2() {
        try (InputStream file = GptRanks.class.getClassLoader().getResourceAsStream(R50K)) {
            if (file == null) {
                throw new UserException(
                        "GPT-2's ranks are not on the class path; add com.knuddels:jtokkit or give a tokenizer.json");
            }
            return read(file, "r50k_base.tiktoken", List.of(END_OF_TEXT));
        } catch (IOException e) {
            throw new UserException("GPT-2's ranks cannot be read: " + e, e);
        }
    }

    /** Reads ranks 0 to n − 1, in order; the special tokens take the ids from n on. */
    public static BpeTokenizer read(InputStream file, String origin, List<String> specials) throws IOException {
        WordTable tokens = new WordTable();
        List<String> names = new ArrayList<>();
        List<Merge> merges = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.ISO_8859_1));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            byte[] token = token(line, names.size(), origin);
            if (token.length > 1) {
                merges.add(merge(token, tokens, names.size(), origin));
            }
            if (tokens.add(token, 0, token.length) != names.size()) {
                throw new UserException(origin + ": line " + (names.size() + 1) + " repeats an earlier token");
            }
            names.add(ByteAlphabet.text(token));
        }
        List<AddedToken> added = new ArrayList<>();
        for (String special : specials) {
            added.add(AddedToken.special(names.size(), special));
            names.add(special);
        }
        return new BpeTokenizer(new Vocabulary(names, merges, added, origin));
    }

    private static byte[] token(String line, int rank, String origin) {
        int space = line.indexOf(' ');
        try {
            if (space > 0 && Integer.parseInt(line.substring(space + 1)) == rank) {
                return Base64.getDecoder().decode(line.substring(0, space));
            }
        } catch (IllegalArgumentException e) {
            throw new UserException(origin + ": line " + (rank + 1) + " is not base 64 and a rank: '" + line + "'", e);
        }
        throw new UserException(
                origin + ": line " + (rank + 1) + " is '" + line + "'; expected a token of rank " + rank);
    }

    /** Joins the bytes by the ranks so far, lowest first, until two parts are left. */
    private static Merge merge(byte[] token, WordTable tokens, int rank, String origin) {
        int[] ends = new int[token.length];
        Arrays.setAll(ends, i -> i + 1);
        int parts = token.length;
        while (parts > 2) {
            int best = Integer.MAX_VALUE;
            int at = -1;
            for (int i = 0; i + 1 < parts; i++) {
                int joined = tokens.find(token, i == 0 ? 0 : ends[i - 1], ends[i + 1]);
                if (joined >= 0 && joined < best) {
                    best = joined;
                    at = i;
                }
            }
            if (at < 0) {
                throw new UserException(origin + ": line " + (rank + 1) + ": the token cannot be made of earlier ones");
            }
            System.arraycopy(ends, at + 1, ends, at, parts - at - 1);
            parts--;
        }
        int left = tokens.find(token, 0, ends[0]);
        int right = tokens.find(token, ends[0], token.length);
        if (left < 0 || right < 0) {
            throw new UserException(origin + ": line " + (rank + 1) + ": the token cannot be made of earlier ones");
        }
        return new Merge(left, right, rank);
    }
}
