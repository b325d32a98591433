package org.data2vec4j.image.data;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.RngStream;

/**
 * Reads and transforms single samples, each by the key (seed, epoch, sample) alone, and remembers which cannot be used and why.
 * Thread-safe.
 */
final class SampleReader {
    /** Pictures with a shorter side are skipped: nothing can be learnt from them. */
    static final int SMALLEST_SIDE = 8;

    private final ImageSource source;
    private final ImageTransform transform;
    private final long seed;
    private final ConcurrentHashMap<Integer, String> unusable = new ConcurrentHashMap<>();

    SampleReader(ImageSource source, ImageTransform transform, long seed) {
        this.source = source;
        this.transform = transform;
        this.seed = seed;
    }

    /** Writes a sample from {@code out[at]} on; false if it cannot be used. */
    boolean read(int sample, int epoch, float[] out, int at) {
        if (unusable.containsKey(sample)) {
            return false;
        }
        try {
            RgbImage image = source.read(sample);
            if (Math.min(image.width(), image.height()) < SMALLEST_SIDE) {
                throw new IOException("the image is " + image.width() + "x" + image.height()
                        + " pixels, and images smaller than " + SMALLEST_SIDE + "x" + SMALLEST_SIDE + " are skipped");
            }
            transform.apply(image, Rng.of(seed, RngStream.AUGMENTATION, epoch, sample), out, at);
            return true;
        } catch (IOException e) {
            unusable.put(sample, e.getMessage() == null ? e.toString() : e.getMessage());
            return false;
        }
    }

    /** The floats of one sample. */
    int length() {
        return transform.length();
    }

    /** Name and reason of a sample that cannot be used. */
    String complaint(int sample) {
        return source.name(sample) + ": " + unusable.getOrDefault(sample, "unusable");
    }

    boolean allUnusable() {
        return unusable.size() == source.size();
    }

    ImageSource source() {
        return source;
    }
}
