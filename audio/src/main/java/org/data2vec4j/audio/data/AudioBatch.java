package org.data2vec4j.audio.data;

import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;
import org.jspecify.annotations.Nullable;

/**
 * B recordings as plain arrays. {@code ids}: B sample numbers, indexes in the source; {@code lengths}: B counts of real samples;
 * {@code width}: the longest of them; {@code samples}: B·width samples at 16 kHz, each row zero after its length;
 * {@code labels}: B classes, −1 if unknown; {@code transcripts}: B texts, null if unknown; {@code next}: where the following batch
 * begins; {@code skipped}: unusable recordings passed over while this batch was filled.
 */
@SuppressWarnings("ArrayRecordComponent") // buffers on their way to a device; never compared
public record AudioBatch(
        long[] ids,
        int[] lengths,
        int width,
        float[] samples,
        int[] labels,
        @Nullable String[] transcripts,
        LoaderPosition next,
        int skipped)
        implements Batch {
    /** Refuses arrays whose lengths do not agree. */
    public AudioBatch {
        int count = ids.length;
        if (lengths.length != count
                || labels.length != count
                || transcripts.length != count
                || samples.length != (long) count * width) {
            throw new IllegalArgumentException("a batch of " + count + " ids has " + lengths.length + " lengths, "
                    + labels.length + " labels, " + transcripts.length + " transcripts and " + samples.length
                    + " samples of width " + width);
        }
    }
}
