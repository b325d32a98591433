package org.data2vec4j.image.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.data2vec4j.core.Rng;

/** What synthetic images show: the classes, and how an image of a class is drawn. */
@SuppressWarnings("ImmutableEnumChecker") // the list of names is unmodifiable
enum SyntheticDrawing {
    /** One of ten shapes before a textured background; see {@link SyntheticScene}. */
    SHAPES("synthetic", 1, SyntheticShape.values()) {
        @Override
        RgbImage draw(int label, int size, Rng rng) {
            return SyntheticScene.draw(List.of(SyntheticShape.values()).get(label), size, rng);
        }
    },
    /** One of ten patterns that fills the image; see {@link SyntheticSurface}. */
    PATTERNS("synthetic-patterns", 1, SyntheticPattern.values()) {
        @Override
        RgbImage draw(int label, int size, Rng rng) {
            return SyntheticSurface.draw(List.of(SyntheticPattern.values()).get(label), size, rng);
        }
    };

    private final String word;
    private final int version;
    private final List<String> classes;

    /**
     * A drawing.
     *
     * @param word what a user writes to have it
     * @param version raised when the drawing changes, so that old fingerprints do not fit new images
     */
    SyntheticDrawing(String word, int version, Enum<?>[] classes) {
        this.word = word;
        this.version = version;
        this.classes = Arrays.stream(classes)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** An image of a class, {@code size} by {@code size} pixels. */
    abstract RgbImage draw(int label, int size, Rng rng);

    /** What a user writes to have it. */
    String word() {
        return word;
    }

    /** The version of the drawing. */
    int version() {
        return version;
    }

    /** The names of the classes. */
    List<String> classes() {
        return classes;
    }
}
