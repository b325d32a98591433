package org.data2vec4j.audio.data;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.data.LoaderPosition;
import org.jspecify.annotations.Nullable;

/** The usable ones of the first recordings, each once, in the source's order. */
final class SourceBatches implements BatchOrder {
    private final List<List<Integer>> batches;
    private final List<Integer> unusable = new ArrayList<>();
    private final int crop;
    private int offset;

    /**
     * The batches of recordings, from the first on that has one after number {@code last}.
     *
     * @param durations 0 for recordings that cannot be used; not all of them
     */
    SourceBatches(int[] durations, AudioLoaderConfig config, int last) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < durations.length; i++) {
            (durations[i] > 0 ? order : unusable).add(i);
        }
        this.crop = config.maxSamples();
        this.batches = EpochBatches.cut(order, i -> Math.min(durations[i], crop), config.batch());
        while (offset < batches.size() && batches.get(offset).stream().allMatch(i -> i <= last)) {
            offset++;
        }
    }

    @Override
    public @Nullable PlannedBatch next() {
        if (offset == batches.size()) {
            return null;
        }
        List<Integer> counted = offset == 0 ? unusable : List.of();
        List<Integer> samples = batches.get(offset);
        offset++;
        LoaderPosition next = offset < batches.size() ? new LoaderPosition(0, offset) : new LoaderPosition(1, 0);
        return new PlannedBatch(samples, 0, crop, counted, next);
    }

    @Override
    public int batchesPerEpoch() {
        return batches.size();
    }
}
