package org.data2vec4j.model.encoder;

import java.util.Arrays;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * A batch on the device.
 *
 * @param source the inputs: images (B, C, H, W), waveforms (B, samples) or token numbers (B, T) of type I64
 * @param ids the samples' stable numbers, which key their masks
 * @param lengths how much of each row is input, the rest being padding, in samples or tokens; null if nothing is padded
 * @param labels what is known of the samples; null in pre-training
 */
@SuppressWarnings("ArrayRecordComponent") // on its way through one step; never compared
public record Input(
        Tensor source,
        long[] ids,
        int @Nullable [] lengths,
        @Nullable TargetLabels labels) {
    /** A batch without padding and labels. */
    public Input(Tensor source, long[] ids) {
        this(source, ids, null, null);
    }

    /** A batch without labels. */
    public Input(Tensor source, long[] ids, int @Nullable [] lengths) {
        this(source, ids, lengths, null);
    }

    /**
     * The same sequences with other token numbers.
     *
     * @param tokens (B·T) row by row
     */
    public Input withTokens(long[] tokens) {
        return new Input(Tensors.of(tokens, source.shape()).to(source.device()), ids, lengths, labels);
    }

    /** Some of the samples, without labels. */
    public Input rows(int from, int count) {
        return new Input(
                source.narrow(0, from, count),
                Arrays.copyOfRange(ids, from, from + count),
                lengths == null ? null : Arrays.copyOfRange(lengths, from, from + count));
    }

    /** The same batch with what is known of its samples. */
    public Input labelled(TargetLabels known) {
        return new Input(source, ids, lengths, known);
    }
}
