package org.data2vec4j.image.data;

import java.util.List;
import java.util.Locale;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.data.RngStream;

/**
 * Pictures drawn on the fly, each a pure function of (seed, index): one of ten shapes at a random place, size and angle, over a
 * random texture with clutter and noise. The class is the shape; colours, textures and areas do not depend on it, so it cannot be
 * read from colour statistics.
 */
public final class SyntheticImages implements ImageSource {
    /** The smallest side in pixels. */
    public static final int SMALLEST = 8;

    /** The largest side in pixels. */
    public static final int LARGEST = 1024;

    private static final int DRAWING = 1; // raise when the drawing changes: old fingerprints must not fit new pictures
    private static final List<SyntheticShape> SHAPES = List.of(SyntheticShape.values());
    private static final List<String> CLASSES =
            SHAPES.stream().map(shape -> shape.name().toLowerCase(Locale.ROOT)).toList();

    private final int size;
    private final int imageSize;
    private final long seed;

    /** {@code size} pictures of {@code imageSize} by {@code imageSize} pixels; another seed gives others of the same kind. */
    public SyntheticImages(int size, int imageSize, long seed) {
        this.size = Check.positive("synthetic.size", size);
        this.imageSize = Check.inRange("synthetic.imageSize", imageSize, SMALLEST, LARGEST);
        this.seed = seed;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<String> classes() {
        return CLASSES;
    }

    @Override
    public int label(int index) {
        return Rng.of(seed, RngStream.SYNTHETIC_LABEL, index).nextInt(CLASSES.size());
    }

    @Override
    public String name(int index) {
        return "synthetic!" + index;
    }

    @Override
    public RgbImage read(int index) {
        SyntheticShape shape = SHAPES.get(label(index));
        return SyntheticScene.draw(shape, imageSize, Rng.of(seed, RngStream.SYNTHETIC_IMAGE, index));
    }

    @Override
    public String fingerprint() {
        return new Fingerprint()
                .add("synthetic")
                .add(DRAWING)
                .add(size)
                .add(imageSize)
                .add(seed)
                .hex();
    }

    @Override
    public void close() {}
}
