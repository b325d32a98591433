package org.data2vec4j.text.tokenizer;

/**
 * A token that is found in text as it stands, before the text is cut into words. {@code special}: no text, left out where text
 * alone is wanted; {@code stripLeft} and {@code stripRight}: white space on that side belongs to the token.
 */
public record AddedToken(int id, String content, boolean special, boolean stripLeft, boolean stripRight) {
    /** A special token that keeps the white space around it. */
    public static AddedToken special(int id, String content) {
        return new AddedToken(id, content, true, false, false);
    }
}
