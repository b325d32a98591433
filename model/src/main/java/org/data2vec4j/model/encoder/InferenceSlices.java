package org.data2vec4j.model.encoder;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.model.nn.BlockConfig;

/**
 * A batch cut into slices that an encoder computes one after the other while nothing is recorded for gradients, so that what a block makes on the
 * way stays small. On a processor larger batches are no faster, because their activations leave its caches.
 */
final class InferenceSlices {
    /** What the activations of a block may take. */
    static final long BYTES = 48L << 20;

    /** A block's activations that live at the same time, in widths of a token, besides the hidden features of its feed-forward layer. */
    private static final int WIDTHS = 10;

    private InferenceSlices() {}

    /** The slices, in order; the batch itself where it is small, or on another device than a CPU. */
    static List<Input> of(Encoder encoder, Input input) {
        int samples = Math.toIntExact(input.source().size(0));
        int most = samples(bytes(encoder, input), samples);
        if (most == samples || !input.source().device().isCpu()) {
            return List.of(input);
        }
        List<Input> slices = new ArrayList<>();
        for (int from = 0; from < samples; from += most) {
            slices.add(input.rows(from, Math.min(most, samples - from)));
        }
        return slices;
    }

    /** As many of {@code samples} as the budget allows, in slices of nearly one size; at least one. */
    static int samples(long bytesOfOne, int samples) {
        int most = (int) Math.max(1, Math.min(samples, BYTES / Math.max(1, bytesOfOne)));
        int slices = (samples + most - 1) / Math.max(1, most);
        return slices == 0 ? 0 : (samples + slices - 1) / slices;
    }

    private static long bytes(Encoder encoder, Input input) {
        BlockConfig block = encoder.config().block();
        long positions = encoder.featureEncoder().layout(input).grid().size();
        positions += encoder.config().extraTokens();
        double features = block.width() * (WIDTHS + 2 * block.mlpRatio());
        return (long) (positions * features * Float.BYTES)
                + encoder.featureEncoder().workingBytes(input);
    }
}
