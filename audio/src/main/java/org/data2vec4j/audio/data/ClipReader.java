package org.data2vec4j.audio.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.RngStream;
import org.data2vec4j.data.WorkerThreads;
import org.jspecify.annotations.Nullable;

/**
 * Reads single recordings, normalised and cropped by the key (seed, epoch, sample) alone, and remembers which cannot be used and
 * why. Thread-safe.
 */
final class ClipReader {
    private static final int TASK_SAMPLES = 64;

    private final AudioSource source;
    private final AudioLoaderConfig config;
    private final ClipRules rules;
    private final boolean randomCrops;
    private final ConcurrentHashMap<Integer, String> unusable = new ConcurrentHashMap<>();

    /** Crops begin at a random place, or at the beginning. */
    ClipReader(AudioSource source, AudioLoaderConfig config, boolean randomCrops) {
        this.source = source;
        this.config = config;
        this.rules = config.rules();
        this.randomCrops = randomCrops;
    }

    AudioSource source() {
        return source;
    }

    /** The lengths of the first {@code count} recordings, 0 for those that cannot be used. */
    int[] durations(int count, WorkerThreads workers) {
        int[] durations = new int[count];
        List<Future<?>> tasks = new ArrayList<>();
        for (int begin = 0; begin < count; begin += TASK_SAMPLES) {
            int first = begin;
            int end = Math.min(begin + TASK_SAMPLES, count);
            tasks.add(workers.submit(() -> {
                for (int i = first; i < end && !workers.closing(); i++) {
                    durations[i] = duration(i);
                }
                return null;
            }));
        }
        tasks.forEach(WorkerThreads::await);
        return durations;
    }

    private int duration(int sample) {
        try {
            int duration = source.duration(sample);
            rules.checkLength(duration);
            return duration;
        } catch (IOException e) {
            unusable.put(sample, reason(e));
            return 0;
        }
    }

    /** The prepared samples, at most {@code crop} of them; null if the recording cannot be used. */
    float @Nullable [] read(int sample, int epoch, int crop) {
        if (unusable.containsKey(sample)) {
            return null;
        }
        try {
            float[] samples = source.read(sample).samples();
            int length = Math.min(samples.length, crop);
            return rules.apply(samples, from(sample, epoch, samples.length - length), length);
        } catch (IOException e) {
            unusable.put(sample, reason(e));
            return null;
        }
    }

    /** Name and reason of a recording that cannot be used. */
    String complaint(int sample) {
        return source.name(sample) + ": " + unusable.getOrDefault(sample, "unusable");
    }

    private int from(int sample, int epoch, int room) {
        return room > 0 && randomCrops
                ? Rng.of(config.seed(), RngStream.AUDIO_CROP, epoch, sample).nextInt(room + 1)
                : 0;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
