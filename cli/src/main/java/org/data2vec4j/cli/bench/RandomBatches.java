package org.data2vec4j.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.image.ImageBatch;
import org.data2vec4j.train.recipe.ImagePretrainConfig;

/** Batches of standard normal pixels, made before anything is timed; each has samples of its own, so that masks differ. */
final class RandomBatches {
    private static final long PURPOSE = 0xBE7C4;

    private final List<ImageBatch> batches;

    /** {@code count} different batches of a configuration's shape, a function of its seed. */
    RandomBatches(ImagePretrainConfig config, int count) {
        List<ImageBatch> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(batch(config, i));
        }
        batches = List.copyOf(made);
    }

    /** The batch of an update; they come round in turn. */
    ImageBatch of(long update) {
        return batches.get((int) (update % batches.size()));
    }

    private static ImageBatch batch(ImagePretrainConfig config, int number) {
        int count = config.train().batch();
        int channels = config.image().channels();
        int size = config.image().size();
        long first = (long) number * count;
        Rng rng = Rng.of(config.seed(), PURPOSE, number);
        float[] pixels = new float[count * channels * size * size];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) rng.nextGaussian();
        }
        long[] ids = LongStream.range(first, first + count).toArray();
        return new ImageBatch(ids, new int[count], channels, size, size, pixels, LoaderPosition.START, 0);
    }
}
