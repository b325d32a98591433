package org.data2vec4j.lab.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.data.AudioBatch;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Batch;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.TextBatch;
import org.data2vec4j.train.run.PretrainConfig;

/** Random batches of a configuration's shape, made before anything is timed; each has samples of its own, so that masks differ. */
final class RandomBatches {
    private static final long PURPOSE = 0xBE7C4;
    private static final int SPECIAL_TOKENS = 5; // which may not be masked

    private final List<Batch> batches;

    /** {@code count} different batches, a function of the configuration's seed. */
    RandomBatches(PretrainConfig config, int count) {
        List<Batch> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(batch(config, i));
        }
        batches = List.copyOf(made);
    }

    /** The batch of an update; they come round in turn. */
    Batch of(long update) {
        return batches.get((int) (update % batches.size()));
    }

    private static Batch batch(PretrainConfig config, int number) {
        int count = config.train().batch();
        long[] ids = LongStream.range((long) number * count, (long) (number + 1) * count)
                .toArray();
        Rng rng = Rng.of(config.seed(), PURPOSE, number);
        if (config.modality() instanceof ImageModality image) {
            float[] pixels = normal(rng, count * image.channels() * image.size().pixels());
            int height = image.size().height();
            int width = image.size().width();
            return new ImageBatch(
                    ids, new int[count], image.channels(), height, width, pixels, LoaderPosition.START, 0);
        }
        if (config.modality() instanceof AudioModality audio) {
            int width = (int) Math.round(audio.maxSeconds() * audio.featureEncoder().sampleRate());
            int[] lengths = new int[count];
            Arrays.fill(lengths, width);
            float[] samples = normal(rng, count * width);
            return new AudioBatch(
                    ids, lengths, width, samples, new int[count], new String[count], LoaderPosition.START, 0);
        }
        if (config.modality() instanceof TextModality text) {
            int[] lengths = new int[count];
            Arrays.fill(lengths, text.length());
            int[] tokens = new int[count * text.length()];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = SPECIAL_TOKENS + rng.nextInt(text.vocabulary() - SPECIAL_TOKENS);
            }
            return new TextBatch(ids, lengths, text.length(), tokens, LoaderPosition.START);
        }
        throw new IllegalArgumentException("no random " + config.modality().samples() + " are known");
    }

    private static float[] normal(Rng rng, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        return values;
    }
}
