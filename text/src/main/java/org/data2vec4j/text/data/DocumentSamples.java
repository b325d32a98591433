package org.data2vec4j.text.data;

import org.data2vec4j.core.Check;

/** A document per sequence: {@code <s>}, its tokens as far as they fit, {@code </s>}. */
public final class DocumentSamples implements TextSamples {
    private final TokenCache cache;
    private final int longest;

    /** Sequences of up to {@code length} tokens, 3 to 1,048,576. */
    public DocumentSamples(TokenCache cache, int length) {
        this.cache = cache;
        this.longest = Check.inRange("text.length", length, 3, 1 << 20);
    }

    @Override
    public int count() {
        return cache.documents();
    }

    @Override
    public int length(int index) {
        return (int) Math.min(longest, cache.offset(index + 1) - cache.offset(index) + 1);
    }

    @Override
    public void copy(int index, int[] to, int at) {
        int length = length(index);
        to[at] = cache.specials().bos();
        cache.copy(cache.offset(index), length - 2, to, at + 1);
        to[at + length - 1] = cache.specials().eos();
    }

    @Override
    public int pad() {
        return cache.specials().pad();
    }
}
