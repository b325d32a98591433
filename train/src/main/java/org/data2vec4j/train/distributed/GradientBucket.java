package org.data2vec4j.train.distributed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.tensor.Tensor;

/**
 * A contiguous range of the flat gradients that is reduced in one piece.
 *
 * @param leaves the parameters in it
 */
record GradientBucket(long start, long length, List<Tensor> leaves) {
    private static final int FLOAT = 4;

    /**
     * The whole buffer in pieces of about a size, of which none goes across the ends of the buffer's segments: what does not decay,
     * such as norms, lies in one segment for all layers, so back-propagation has passed it last, and it must not hold up what lies
     * beside it.
     */
    static List<GradientBucket> of(Weights weights, double megabytes) {
        Set<Long> cuts = weights.segments().stream().map(Weights.Segment::start).collect(Collectors.toSet());
        long limit = Math.max(1, (long) (megabytes * (1 << 20) / FLOAT));
        List<Weights.Place> places = new ArrayList<>(weights.places());
        Collections.reverse(places);
        List<GradientBucket> buckets = new ArrayList<>();
        long end = weights.values().numel();
        List<Tensor> leaves = new ArrayList<>();
        for (Weights.Place place : places) {
            leaves.add(place.parameter().value());
            if (end - place.start() >= limit || cuts.contains(place.start())) {
                buckets.add(new GradientBucket(place.start(), end - place.start(), List.copyOf(leaves)));
                leaves.clear();
                end = place.start();
            }
        }
        return buckets;
    }
}
