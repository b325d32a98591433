package org.data2vec4j.image.data;

import java.util.List;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.data.RngStream;

/**
 * Images drawn on the fly, each a pure function of (seed, index). Either one of ten shapes at a random place, size and angle, over a
 * random texture with clutter and noise; or one of ten patterns that fills the image at a random place, size and angle in two random
 * colours under uneven light. The class is the shape or the pattern; colours, textures and areas do not depend on it, so it cannot be
 * read from colour statistics.
 */
public final class SyntheticImages implements ImageSource {
    /** The smallest side in pixels. */
    public static final int SMALLEST = 8;

    /** The largest side in pixels. */
    public static final int LARGEST = 1024;

    private final SyntheticDrawing drawing;
    private final int size;
    private final int imageSize;
    private final long seed;

    /** {@code size} shapes in images of {@code imageSize} by {@code imageSize} pixels; another seed gives others of the same kind. */
    public SyntheticImages(int size, int imageSize, long seed) {
        this(SyntheticDrawing.SHAPES, size, imageSize, seed);
    }

    /** {@code size} images of what {@code drawing} shows. */
    SyntheticImages(SyntheticDrawing drawing, int size, int imageSize, long seed) {
        this.drawing = drawing;
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
        return drawing.classes();
    }

    @Override
    public int label(int index) {
        return Rng.of(seed, RngStream.SYNTHETIC_LABEL, index)
                .nextInt(drawing.classes().size());
    }

    @Override
    public String name(int index) {
        return drawing.word() + "!" + index;
    }

    @Override
    public RgbImage read(int index) {
        return drawing.draw(label(index), imageSize, Rng.of(seed, RngStream.SYNTHETIC_IMAGE, index));
    }

    @Override
    public String fingerprint() {
        return new Fingerprint()
                .add(drawing.word())
                .add(drawing.version())
                .add(size)
                .add(imageSize)
                .add(seed)
                .hex();
    }

    @Override
    public void close() {}
}
