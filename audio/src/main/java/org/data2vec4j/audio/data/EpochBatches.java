package org.data2vec4j.audio.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.EpochOrder;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.RngStream;

/**
 * An endless stream of epochs, each a list of batches that depends on (seed, epoch, durations) alone. Recordings of like length
 * come together: the epoch's permutation is sorted by length in steps of an eighth, cut into batches, and the batches are
 * permuted. The offset of a {@link LoaderPosition} counts batches.
 */
final class EpochBatches implements BatchOrder {
    private static final double STEP = Math.log(1.125);

    private final int[] durations;
    private final AudioLoaderConfig config;
    private final List<Integer> unusable;
    private int epoch;
    private int offset;
    private List<List<Integer>> batches;

    /** {@code durations}: 0 for recordings that cannot be used; not all of them. */
    EpochBatches(int[] durations, AudioLoaderConfig config, LoaderPosition start) {
        this.durations = durations;
        this.config = config;
        this.unusable = IntStream.range(0, durations.length)
                .filter(i -> durations[i] == 0)
                .boxed()
                .toList();
        this.epoch = start.epoch();
        this.offset = start.offset();
        this.batches = batches(epoch);
        Check.that(
                offset <= batches.size(),
                "the loader position is batch " + offset + " of an epoch, but the data makes " + batches.size()
                        + " batches; resume with the data and the batch size the run was started with");
        if (offset == batches.size()) {
            advanceEpoch();
        }
    }

    @Override
    public PlannedBatch next() {
        List<Integer> samples = batches.get(offset);
        List<Integer> counted = offset == 0 ? unusable : List.of();
        int crop = crop(epoch, offset);
        int at = epoch;
        offset++;
        if (offset == batches.size()) {
            advanceEpoch();
        }
        return new PlannedBatch(samples, at, crop, counted, new LoaderPosition(epoch, offset));
    }

    @Override
    public int batchesPerEpoch() {
        return batches.size();
    }

    private void advanceEpoch() {
        epoch++;
        offset = 0;
        batches = batches(epoch);
    }

    private int crop(int ofEpoch, int batch) {
        int spread = config.maxSamples() - config.minCrop();
        return spread == 0
                ? config.maxSamples()
                : config.minCrop()
                        + Rng.of(config.seed(), RngStream.CROP_LENGTH, ofEpoch, batch)
                                .nextInt(spread + 1);
    }

    private int length(int sample) {
        return Math.min(durations[sample], config.maxSamples());
    }

    private List<List<Integer>> batches(int ofEpoch) {
        List<Integer> order = new ArrayList<>();
        for (int sample : EpochOrder.permutation(durations.length, config.seed(), ofEpoch)) {
            if (durations[sample] > 0) {
                order.add(sample);
            }
        }
        order.sort(Comparator.comparingInt(sample -> (int) (Math.log(length(sample)) / STEP))); // stable
        List<List<Integer>> made = cut(order, this::length, config.batch());
        List<List<Integer>> permuted = new ArrayList<>();
        for (int i : Rng.of(config.seed(), RngStream.BATCH_ORDER, ofEpoch).permutation(made.size())) {
            permuted.add(made.get(i));
        }
        return permuted;
    }

    /** Cuts an order into batches within the size's bounds. */
    static List<List<Integer>> cut(List<Integer> order, IntUnaryOperator length, BatchSize size) {
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> batch = new ArrayList<>();
        int width = 0;
        for (int sample : order) {
            int wider = Math.max(width, length.applyAsInt(sample));
            if (!batch.isEmpty() && !size.allows(batch.size() + 1, wider)) {
                batches.add(batch);
                batch = new ArrayList<>();
                wider = length.applyAsInt(sample);
            }
            batch.add(sample);
            width = wider;
        }
        batches.add(batch);
        return batches;
    }
}
