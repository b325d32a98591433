package org.data2vec4j.image.data;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A source that keeps what it decoded, so that small sets are decoded once; it gives the same pictures as the source it owns.
 * All or nothing: when the first pictures show that the whole set would not fit the memory, nothing is kept.
 */
public final class CachedImages implements ImageSource {
    private static final int TRIAL = 64;
    private static final int OVERHEAD_BYTES = 48;

    private final ImageSource source;
    private final long budget;
    private final AtomicReferenceArray<RgbImage> kept;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong count = new AtomicLong();
    private volatile boolean keeping = true;

    /** Keeps up to {@code budget} bytes of decoded pictures; closing closes the source. */
    public CachedImages(ImageSource source, long budget) {
        this.source = source;
        this.budget = budget;
        this.kept = new AtomicReferenceArray<>(source.size());
    }

    @Override
    public RgbImage read(int index) throws IOException {
        RgbImage known = kept.get(index);
        if (known != null) {
            return known;
        }
        RgbImage image = source.read(index);
        if (keeping && kept.compareAndSet(index, null, image)) {
            long used = bytes.addAndGet(image.rgb().length + OVERHEAD_BYTES);
            long images = count.incrementAndGet();
            boolean tooLarge = images >= TRIAL && used / images * source.size() > budget;
            if (used > budget || tooLarge) {
                forget();
            }
        }
        return image;
    }

    /** Whether decoded pictures are being kept. */
    public boolean keeping() {
        return keeping;
    }

    private synchronized void forget() {
        keeping = false;
        for (int i = 0; i < kept.length(); i++) {
            kept.set(i, null);
        }
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public List<String> classes() {
        return source.classes();
    }

    @Override
    public int label(int index) {
        return source.label(index);
    }

    @Override
    public String name(int index) {
        return source.name(index);
    }

    @Override
    public byte[] file(int index) throws IOException {
        return source.file(index);
    }

    @Override
    public List<String> notes() {
        return source.notes();
    }

    @Override
    public String fingerprint() {
        return source.fingerprint();
    }

    @Override
    public void close() {
        forget();
        source.close();
    }
}
