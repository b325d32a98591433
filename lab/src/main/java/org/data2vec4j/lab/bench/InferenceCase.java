package org.data2vec4j.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.data2vec4j.Recipe;
import org.data2vec4j.core.Rng;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.run.PretrainConfig;

/**
 * An encoder and a batch for it; its numbers never change, so that results can be compared.
 *
 * @param recipe whose encoder it is
 * @param batch samples
 * @param lengths settings of the recipe, by which the samples get another length than the longest in training
 */
record InferenceCase(String recipe, int batch, List<String> lengths) {
    private static final List<String> SECONDS = List.of("audio.max_seconds=4", "audio.min_crop_seconds=4");
    private static final List<String> TOKENS = List.of("text.length=128");

    static final List<InferenceCase> TINY = List.of(
            new InferenceCase("image-tiny", 8, List.of()),
            new InferenceCase("audio-tiny", 2, SECONDS),
            new InferenceCase("text-tiny", 4, TOKENS));

    static final List<InferenceCase> BASE = List.of(
            new InferenceCase("image-base", 1, List.of()),
            new InferenceCase("audio-base", 1, SECONDS),
            new InferenceCase("text-base", 1, TOKENS));

    /** The recipe. */
    PretrainConfig config() {
        return Recipe.load(recipe, List.of()).bind(PretrainConfig.class);
    }

    /** The encoder without values. */
    static Encoder encoder(PretrainConfig config) {
        Encoder encoder = new Encoder(
                config.modality().featureEncoder(config.model().width()).get(), config.model());
        encoder.train(false);
        return encoder;
    }

    /** What the batch is, in words: its samples and the shape of each. */
    static String words(Input input) {
        return input.source().size(0) + " of "
                + Arrays.stream(input.source().shape())
                        .skip(1)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining("x"));
    }

    /** Random samples. */
    Input batch(Device device) {
        PretrainConfig sized = Recipe.load(recipe, lengths).bind(PretrainConfig.class);
        Input input = sized.modality().convert(sized.modality().random(Rng.named(1, recipe), new long[batch]), device);
        return new Input(input.source(), input.ids()); // of one length, so there is no padding
    }
}
