package org.data2vec4j.text.data;

import java.util.List;
import org.data2vec4j.text.tokenizer.BpeTokenizer;

/** Labelled text as token sequences with targets, all in memory. */
public final class LabelledSamples implements TextSamples {
    private final List<int[]> sequences;
    private final float[] targets;
    private final int pad;

    /** Tokenizes all texts, cut to {@code length} tokens as {@link PairEncoding} does. */
    public LabelledSamples(List<LabelledText> texts, BpeTokenizer tokenizer, int length) {
        PairEncoding encoding = new PairEncoding(tokenizer.specials(), length);
        this.pad = tokenizer.specials().pad();
        this.targets = new float[texts.size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = texts.get(i).target();
        }
        this.sequences = texts.stream()
                .map(text -> encoding.encode(
                        tokenizer.encode(text.first()), text.second() == null ? null : tokenizer.encode(text.second())))
                .toList();
    }

    @Override
    public int count() {
        return sequences.size();
    }

    @Override
    public int length(int index) {
        return sequences.get(index).length;
    }

    @Override
    public void copy(int index, int[] to, int at) {
        int[] tokens = sequences.get(index);
        System.arraycopy(tokens, 0, to, at, tokens.length);
    }

    @Override
    public int pad() {
        return pad;
    }

    @Override
    public boolean labelled() {
        return true;
    }

    @Override
    public float target(int index) {
        return targets[index];
    }
}
