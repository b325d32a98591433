package org.data2vec4j.index;

import java.nio.file.Path;
import org.data2vec4j.core.Rng;

/** Vectors in clusters around a common mean, as those of encoders are. */
final class TestVectors {
    static final int WIDTH = 12;

    private TestVectors() {}

    static IndexInfo info(Comparison space) {
        return new IndexInfo(
                IndexInfo.FORMAT, "image", "images", WIDTH, "runs/none", "student", "a model", space, "/nowhere");
    }

    static float[] vector(long number) {
        Rng cluster = Rng.of(1, number % 7);
        Rng own = Rng.of(2, number);
        float[] vector = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            vector[i] = (float) (5 + cluster.nextGaussian() + 0.3 * own.nextGaussian());
        }
        return vector;
    }

    static NewSample sample(long number) {
        return new NewSample(
                "folder/" + number + ".png",
                "class " + number % 7,
                "hash " + number,
                number,
                "number " + number,
                new byte[] {(byte) number, 1, 2},
                vector(number));
    }

    /** An index of samples 0 to {@code count - 1}. */
    static VectorIndex index(Path path, int count, Comparison space) {
        VectorIndex index = VectorIndex.change(path, info(space));
        for (int i = 0; i < count; i++) {
            index.add(sample(i));
        }
        index.finish();
        return index;
    }
}
