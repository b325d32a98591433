package org.data2vec4j.interop.onnx;

import java.util.Map;
import java.util.function.Function;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.train.data.Modality;

/** What an ONNX file has of a modality: the nodes from its input to tokens, and how inputs are prepared. */
interface ModalityNodes {
    /** The modalities that the export knows. */
    Map<Class<? extends Modality>, Function<Modality, ModalityNodes>> KNOWN = Map.of(
            ImageModality.class, modality -> new ImageModalityNodes((ImageModality) modality),
            AudioModality.class, modality -> new AudioModalityNodes((AudioModality) modality),
            TextModality.class, modality -> new TextModalityNodes((TextModality) modality));

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

    /** Adds the inputs and the feature encoder, to tokens of a width. */
    TokenValues tokens(ParameterNodes layers, int width);

    /** What positions are called in the names of dimensions. */
    String positions();

    /** Whether the number of positions that each sample fills is an output, named as {@link #positions}. */
    default boolean outputsPositions() {
        return false;
    }

    /** Adds how inputs are prepared to the file's metadata. */
    void describe(Map<String, String> metadata);
}
