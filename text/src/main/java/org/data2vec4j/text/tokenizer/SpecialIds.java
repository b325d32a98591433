package org.data2vec4j.text.tokenizer;

import org.data2vec4j.core.UserException;

/**
 * The ids that models of text need: begin of a sequence, padding, end of a sequence, unknown, masked. {@code mask} is −1 for a
 * tokenizer without one; the others are always there.
 */
public record SpecialIds(int bos, int pad, int eos, int unk, int mask) {
    /** The ids of RoBERTa's names; a tokenizer that lacks one of the first four throws {@link UserException}. */
    static SpecialIds of(Vocabulary vocabulary) {
        return new SpecialIds(
                require(vocabulary, "<s>"),
                require(vocabulary, "<pad>"),
                require(vocabulary, "</s>"),
                require(vocabulary, "<unk>"),
                vocabulary.id("<mask>"));
    }

    private static int require(Vocabulary vocabulary, String token) {
        int id = vocabulary.id(token);
        if (id < 0) {
            throw new UserException(vocabulary.origin() + " has no token " + token
                    + ", which a model of text needs; train one with `d2v tokenizer train`, or add fairseq's dict.txt");
        }
        return id;
    }
}
