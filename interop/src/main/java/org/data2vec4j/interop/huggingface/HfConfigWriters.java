package org.data2vec4j.interop.huggingface;

import java.util.Map;
import java.util.function.Function;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.train.data.Modality;
import org.data2vec4j.train.run.PretrainConfig;

/** The writers of Hugging Face's settings, by modality. */
final class HfConfigWriters {
    /** The modalities that have a counterpart. */
    private static final Map<Class<? extends Modality>, Function<PretrainConfig, HfConfigWriter>> KNOWN = Map.of(
            ImageModality.class, HfVitWriter::of,
            AudioModality.class, HfAudioWriter::new,
            TextModality.class, HfTextWriter::new);

    private HfConfigWriters() {}

    /**
     * The writer for a recipe.
     *
     * @throws UserException if its modality has no counterpart
     */
    static HfConfigWriter of(PretrainConfig run) {
        Function<PretrainConfig, HfConfigWriter> known =
                KNOWN.get(run.modality().getClass());
        if (known == null) {
            throw new UserException(
                    "a model of " + run.modality().samples() + " has no counterpart in Hugging Face's form");
        }
        return known.apply(run);
    }
}
