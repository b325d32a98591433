package org.data2vec4j.interop.onnx;

import java.util.Map;
import java.util.function.Function;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.train.data.Modality;

/** The nodes of each modality that the ONNX export knows. */
final class KnownModalities {
    /** The modalities that the export knows. */
    private static final Map<Class<? extends Modality>, Function<Modality, ModalityNodes>> KNOWN = Map.of(
            ImageModality.class, modality -> new ImageModalityNodes((ImageModality) modality),
            AudioModality.class, modality -> new AudioModalityNodes((AudioModality) modality),
            TextModality.class, modality -> new TextModalityNodes((TextModality) modality));

    private KnownModalities() {}

    /**
     * The nodes of a modality.
     *
     * @throws UserException if the export does not know it
     */
    static ModalityNodes of(Modality modality) {
        Function<Modality, ModalityNodes> known = KNOWN.get(modality.getClass());
        if (known == null) {
            throw new UserException("a model of " + modality.samples() + " has no counterpart in the ONNX export");
        }
        return known.apply(modality);
    }
}
