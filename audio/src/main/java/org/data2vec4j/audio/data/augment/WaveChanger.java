package org.data2vec4j.audio.data.augment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.RngStream;
import org.jspecify.annotations.Nullable;

/**
 * Changes batches of recordings, each by the key (seed, update, sample id) alone, whatever its padding, its neighbours and the
 * number of threads. A changed recording is brought to mean 0 and variance 1 again.
 */
public final class WaveChanger {
    private final List<WaveChange> changes;
    private final List<WaveFilter> filters;
    private final long seed;

    /**
     * Makes these changes, one after the other.
     *
     * @throws org.data2vec4j.core.UserException if recordings that they need cannot be opened
     */
    public WaveChanger(List<WaveChange> changes, long seed) {
        this.changes = List.copyOf(changes);
        this.filters = changes.stream().map(WaveChange::open).toList();
        this.seed = seed;
    }

    /**
     * Changed copies of recordings.
     *
     * @param samples (B·width) row by row
     * @param lengths B counts of real samples, the rest staying as it is; null if all are real
     * @param ids the recordings' stable numbers
     * @param update 0-based
     */
    public float[] change(float[] samples, int width, int @Nullable [] lengths, long[] ids, long update) {
        float[] out = samples.clone();
        IntStream.range(0, ids.length).parallel().forEach(row -> {
            int start = row * width;
            int length = lengths == null ? width : lengths[row];
            float[] one = Arrays.copyOfRange(samples, start, start + length);
            if (change(one, ids[row], update)) {
                Waves.normalise(one);
                System.arraycopy(one, 0, out, start, length);
            }
        });
        return out;
    }

    /** Whether anything happened to the recording. */
    private boolean change(float[] samples, long id, long update) {
        boolean changed = false;
        for (int i = 0; i < filters.size(); i++) {
            Rng rng = Rng.of(seed, RngStream.AUDIO_CHANGE, update, id, i);
            if (rng.nextDouble() < changes.get(i).probability()) {
                filters.get(i).apply(samples, rng);
                changed = true;
            }
        }
        return changed;
    }
}
