package org.data2vec4j.text.data;

import java.util.Arrays;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;
import org.jspecify.annotations.Nullable;

/**
 * B token sequences as plain arrays. {@code ids}: B sample numbers; {@code lengths}: B numbers of tokens; {@code width}: the
 * longest of them, T; {@code tokens}: B·T ids, each row filled up with the padding id; {@code targets}: B classes or values, NaN
 * where unknown, null for text without labels; {@code next}: where the following batch begins; {@code skipped}: always 0, since
 * text that cannot be used is left out when it is tokenized.
 */
@SuppressWarnings("ArrayRecordComponent") // buffers on their way to a device; never compared
public record TextBatch(
        long[] ids,
        int[] lengths,
        int width,
        int[] tokens,
        float @Nullable [] targets,
        LoaderPosition next,
        int skipped)
        implements Batch {
    /** Refuses arrays whose lengths do not agree. */
    public TextBatch {
        boolean agree = lengths.length == ids.length
                && tokens.length == (long) ids.length * width
                && (targets == null || targets.length == ids.length);
        if (!agree) {
            throw new IllegalArgumentException("a batch of " + ids.length + " ids has " + lengths.length
                    + " lengths and " + tokens.length + " tokens in rows of " + width);
        }
    }

    /** Sequences without labels. */
    public TextBatch(long[] ids, int[] lengths, int width, int[] tokens, LoaderPosition next) {
        this(ids, lengths, width, tokens, null, next, 0);
    }

    /** The batch of some samples. */
    static TextBatch of(TextSamples samples, int[] indexes, LoaderPosition next) {
        int count = indexes.length;
        long[] ids = new long[count];
        int[] lengths = new int[count];
        int width = 0;
        for (int i = 0; i < count; i++) {
            ids[i] = indexes[i];
            lengths[i] = samples.length(indexes[i]);
            width = Math.max(width, lengths[i]);
        }
        int[] tokens = new int[count * width];
        float[] targets = samples.labelled() ? new float[count] : null;
        for (int i = 0; i < count; i++) {
            samples.copy(indexes[i], tokens, i * width);
            Arrays.fill(tokens, i * width + lengths[i], (i + 1) * width, samples.pad());
            if (targets != null) {
                targets[i] = samples.target(indexes[i]);
            }
        }
        return new TextBatch(ids, lengths, width, tokens, targets, next, 0);
    }
}
