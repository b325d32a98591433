package org.data2vec4j.text.data;

import org.data2vec4j.core.Check;

/**
 * All text in blocks of equal length, across documents: {@code <s>} and the next {@code length − 1} tokens, the documents'
 * {@code </s>} among them; the last block may be shorter. As fairseq's {@code sample_break_mode=none} with {@code <s>} before
 * each block, which is what data2vec's text models were trained on.
 */
public final class BlockSamples implements TextSamples {
    private final TokenCache cache;
    private final int body;
    private final int count;

    /** Blocks of {@code length} tokens, 2 to 1,048,576. */
    public BlockSamples(TokenCache cache, int length) {
        this.cache = cache;
        this.body = Check.inRange("text.length", length, 2, 1 << 20) - 1;
        this.count = (int) Math.min(Integer.MAX_VALUE - 1, (cache.tokens() + body - 1) / body);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int length(int index) {
        return 1 + (int) Math.min(body, cache.tokens() - (long) index * body);
    }

    @Override
    public void copy(int index, int[] to, int at) {
        to[at] = cache.specials().bos();
        cache.copy((long) index * body, length(index) - 1, to, at + 1);
    }

    @Override
    public int pad() {
        return cache.specials().pad();
    }
}
