package org.data2vec4j.lab.bench;

import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.Recipe;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * An encoder and a batch for it; its numbers never change, so that results can be compared.
 *
 * @param recipe whose encoder it is
 * @param batch samples
 */
record InferenceCase(String recipe, int batch) {
    private static final int SAMPLES = 64_000;
    private static final int TOKENS = 128;
    private static final int SPECIAL_TOKENS = 5;

    static final List<InferenceCase> TINY = List.of(
            new InferenceCase("image-tiny", 8), new InferenceCase("audio-tiny", 2), new InferenceCase("text-tiny", 4));

    static final List<InferenceCase> BASE = List.of(
            new InferenceCase("image-base", 1), new InferenceCase("audio-base", 1), new InferenceCase("text-base", 1));

    /** The recipe. */
    PretrainConfig config() {
        return Recipe.load(recipe, List.of()).bind(PretrainConfig.class);
    }

    /** The encoder without values. */
    static Encoder encoder(PretrainConfig config) {
        Encoder encoder =
                new Encoder(config.modality().frontEnd(config.model().width()).get(), config.model());
        encoder.train(false);
        return encoder;
    }

    /** What the batch is, in words. */
    String input(Modality modality) {
        if (modality instanceof ImageModality image) {
            return batch + " of " + image.size().height() + "x" + image.size().width();
        }
        return batch + (modality instanceof TextModality ? " of " + TOKENS + " tokens" : " of 4 s");
    }

    /** Random samples. */
    Input batch(Modality modality, Device device) {
        Rng rng = Rng.named(1, recipe);
        if (modality instanceof TextModality text) {
            long[] tokens = new long[batch * TOKENS];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = SPECIAL_TOKENS + (long) rng.nextInt(text.vocabulary() - SPECIAL_TOKENS);
            }
            return new Input(Tensors.of(tokens, batch, TOKENS).to(device), new long[batch]);
        }
        if (modality instanceof ImageModality image) {
            int count = batch * image.channels() * image.size().pixels();
            return new Input(
                    Tensors.of(
                                    normal(rng, count),
                                    batch,
                                    image.channels(),
                                    image.size().height(),
                                    image.size().width())
                            .to(device),
                    new long[batch]);
        }
        return new Input(
                Tensors.of(normal(rng, batch * SAMPLES), batch, SAMPLES).to(device), new long[batch]);
    }

    private static float[] normal(Rng rng, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        return values;
    }
}
