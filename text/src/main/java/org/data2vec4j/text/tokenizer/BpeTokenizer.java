package org.data2vec4j.text.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.data2vec4j.core.UserException;

/**
 * Byte-level byte-pair encoding: {@code decode(encode(bytes))} are the bytes, whatever they are. Text is data: it never becomes
 * a special token except in {@link #encodeWithSpecials}. Thread-safe; {@link #encoder()} is faster for a thread of its own.
 */
public final class BpeTokenizer {
    private final Vocabulary vocabulary;
    private final WordMerger merger;
    private final int[] byteIds = new int[256];
    private final AddedTokenScanner scanner;
    private final boolean[] special;
    private final BpeEncoder shared;

    /** The tokenizer of a vocabulary. */
    public BpeTokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.merger = new WordMerger(vocabulary);
        for (int b = 0; b < 256; b++) {
            byteIds[b] = vocabulary.id(String.valueOf(ByteAlphabet.character(b)));
        }
        this.scanner = new AddedTokenScanner(vocabulary.added());
        this.special = new boolean[vocabulary.size()];
        vocabulary.added().forEach(token -> special[token.id()] = token.special());
        this.shared = encoder();
    }

    /** The number of tokens; ids are 0 to this − 1. */
    public int size() {
        return vocabulary.size();
    }

    /** The tokens and merges. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The id of a token by its name in the vocabulary; −1 if there is none. */
    public int id(String token) {
        return vocabulary.id(token);
    }

    /** The ids a model needs; a tokenizer that lacks {@code <s>}, {@code <pad>}, {@code </s>} or {@code <unk>} throws {@link UserException}. */
    public SpecialIds specials() {
        return SpecialIds.of(vocabulary);
    }

    /** Whether an id is that of a special token. */
    public boolean isSpecial(int id) {
        return special[id];
    }

    /** An encoder with a memory for words of its own, for one thread. */
    public BpeEncoder encoder() {
        return new BpeEncoder(byteIds, merger);
    }

    /** The tokens of bytes, which need not be text. */
    public int[] encode(byte[] text) {
        IntList tokens = new IntList();
        encode(text, 0, text.length, tokens);
        return tokens.toArray();
    }

    /** The tokens of a text; an unpaired surrogate, which is no text, becomes a question mark. */
    public int[] encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The tokens of a text in which the names of added tokens stand for these tokens, as Hugging Face's tokenizers read all text;
     * for trusted text only.
     */
    public int[] encodeWithSpecials(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        IntList tokens = new IntList();
        int at = 0;
        for (AddedTokenScanner.Match match : scanner.find(bytes)) {
            encode(bytes, at, match.start(), tokens);
            tokens.add(match.id());
            at = match.end();
        }
        encode(bytes, at, bytes.length, tokens);
        return tokens.toArray();
    }

    /** The bytes of tokens; special ones by their names. An id out of range throws {@link UserException}. */
    public byte[] decode(int... ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ids.length * 4);
        for (int id : ids) {
            if (id < 0 || id >= size()) {
                throw new UserException("token " + id + " is not in the vocabulary; allowed: 0 to " + (size() - 1));
            }
            bytes.writeBytes(vocabulary.bytes(id));
        }
        return bytes.toByteArray();
    }

    /** {@link #decode} as text; bytes that are not UTF-8 become U+FFFD. */
    public String decodeText(int... ids) {
        return new String(decode(ids), StandardCharsets.UTF_8);
    }

    private void encode(byte[] text, int from, int to, IntList out) {
        synchronized (shared) {
            shared.encode(text, from, to, out);
        }
    }
}
