package org.data2vec4j.data.audio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Purpose;
import org.data2vec4j.data.WorkerThreads;
import org.jspecify.annotations.Nullable;

/**
 * Reads single recordings, normalised and cropped by the key (seed, epoch, sample) alone, and remembers which cannot be used and
 * why. Thread-safe.
 */
final class ClipReader {
    private static final double EPSILON = 1e-5;
    private static final int TASK_SAMPLES = 64;

    private final AudioSource source;
    private final AudioLoaderConfig config;
    private final boolean randomCrops;
    private final ConcurrentHashMap<Integer, String> unusable = new ConcurrentHashMap<>();

    /** Crops begin at a random place, or at the beginning. */
    ClipReader(AudioSource source, AudioLoaderConfig config, boolean randomCrops) {
        this.source = source;
        this.config = config;
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
            checkLength(duration);
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
            checkLength(samples.length);
            return prepare(samples, sample, epoch, crop);
        } catch (IOException e) {
            unusable.put(sample, reason(e));
            return null;
        }
    }

    /** Name and reason of a recording that cannot be used. */
    String complaint(int sample) {
        return source.name(sample) + ": " + unusable.getOrDefault(sample, "unusable");
    }

    private void checkLength(int samples) throws IOException {
        if (samples < config.minSamples()) {
            throw new IOException("the recording has " + samples + " samples at 16 kHz, and those of less than "
                    + config.minSamples() + " are skipped");
        }
    }

    private float[] prepare(float[] samples, int sample, int epoch, int crop) throws IOException {
        double sum = 0;
        float low = samples[0];
        float high = samples[0];
        for (float value : samples) {
            sum += value;
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (!Double.isFinite(sum)) {
            throw new IOException("the recording has samples that are not finite numbers");
        }
        if (low == high && config.skipSilent()) {
            throw new IOException("the recording is silent: every sample is " + low);
        }
        double mean = sum / samples.length;
        int length = Math.min(samples.length, crop);
        int room = samples.length - length;
        int from = room > 0 && randomCrops
                ? Rng.of(config.seed(), Purpose.AUDIO_CROP, epoch, sample).nextInt(room + 1)
                : 0;
        float[] out = Arrays.copyOfRange(samples, from, from + length);
        if (config.normalize()) {
            double squares = 0;
            for (float value : samples) {
                squares += (value - mean) * (value - mean);
            }
            double scale = 1 / Math.sqrt(squares / samples.length + EPSILON);
            for (int i = 0; i < length; i++) {
                out[i] = (float) ((out[i] - mean) * scale);
            }
        }
        return out;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
