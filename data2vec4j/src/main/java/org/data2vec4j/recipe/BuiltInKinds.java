package org.data2vec4j.recipe;

import java.util.List;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.audio.data.augment.BackgroundNoise;
import org.data2vec4j.audio.data.augment.GaussianNoise;
import org.data2vec4j.audio.data.augment.ImpulseResponse;
import org.data2vec4j.audio.data.augment.Reverberation;
import org.data2vec4j.audio.recognition.CtcConfig;
import org.data2vec4j.core.KindProvider;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.finetune.ImageClassesConfig;
import org.data2vec4j.model.method.aqc.AqcConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.mae.MaeConfig;
import org.data2vec4j.model.method.roberta.RobertaConfig;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.finetune.SentencesConfig;

/** The modalities, methods, tasks and augmentations of this library. Other jars add theirs by a {@link KindProvider} of their own. */
public final class BuiltInKinds implements KindProvider {
    /** For the service loader. */
    public BuiltInKinds() {}

    @Override
    public List<Class<? extends Record>> kinds() {
        return List.of(
                // modalities
                ImageModality.class,
                AudioModality.class,
                TextModality.class,
                // methods
                Data2Vec2Config.class,
                Data2Vec1Config.class,
                AqcConfig.class,
                Wav2Vec2Config.class,
                MaeConfig.class,
                RobertaConfig.class,
                // tasks
                CtcConfig.class,
                SentencesConfig.class,
                ImageClassesConfig.class,
                // augmentations
                GaussianNoise.class,
                Reverberation.class,
                ImpulseResponse.class,
                BackgroundNoise.class);
    }
}
