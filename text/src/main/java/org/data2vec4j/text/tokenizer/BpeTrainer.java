package org.data2vec4j.text.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Learns a byte-level vocabulary: the special tokens, the 256 bytes, then again and again the pair of tokens that occurs most
 * often within words (Sennrich et al., 2016); among equals the pair with the smaller ids. The same text gives the same tokenizer
 * whatever the threads and the order of the texts, and the one that Hugging Face's {@code BpeTrainer} makes from the same words.
 */
public final class BpeTrainer {
    private BpeTrainer() {}

    /**
     * Learns from texts, each complete by itself: no word goes on from one to the next. They are read once, a few at a time.
     * The vocabulary is smaller than asked for when no pair is frequent enough.
     */
    public static BpeTokenizer train(Iterator<byte[]> texts, BpeTrainerConfig config) {
        WordCounts counts = WordCounts.of(texts, config.threads());
        WordTable tokens = new WordTable();
        for (String token : config.specialTokens()) {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            tokens.add(bytes, 0, bytes.length);
        }
        int specials = tokens.size();
        int[] byteIds = addBytes(tokens);
        List<Merge> merges = new MergeSearch(new TrainingWords(counts, byteIds), tokens, specials).run(config);
        List<String> names = new ArrayList<>(config.specialTokens());
        for (int id = specials; id < tokens.size(); id++) {
            int start = tokens.start(id);
            names.add(ByteAlphabet.text(Arrays.copyOfRange(tokens.bytes(), start, start + tokens.length(id))));
        }
        List<AddedToken> added = new ArrayList<>();
        for (int id = 0; id < specials; id++) {
            added.add(AddedToken.special(id, names.get(id)));
        }
        return new BpeTokenizer(new Vocabulary(names, merges, added, "the trained tokenizer"));
    }

    /** The bytes in the order of the characters that stand for them, which is the order GPT-2 gave them. */
    private static int[] addBytes(WordTable tokens) {
        int[] ids = new int[256];
        for (char c = 0; c < 0x200; c++) {
            int value = ByteAlphabet.value(c);
            if (value >= 0) {
                ids[value] = tokens.add(new byte[] {(byte) value}, 0, 1);
            }
        }
        return ids;
    }
}
