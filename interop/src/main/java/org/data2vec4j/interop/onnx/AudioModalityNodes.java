package org.data2vec4j.interop.onnx;

import java.util.Map;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.model.mask.Compat;

/** Recordings in an ONNX file. */
record AudioModalityNodes(AudioModality audio) implements ModalityNodes {
    @Override
    public TokenValues tokens(ParameterNodes layers, int width) {
        return new AudioNodes(layers, audio.featureEncoder()).tokens();
    }

    @Override
    public String positions() {
        return "frames";
    }

    @Override
    public boolean outputsPositions() {
        return true;
    }

    @Override
    public void describe(Map<String, String> metadata) {
        metadata.put("sample_rate", "" + audio.featureEncoder().sampleRate());
        metadata.put("normalize", "" + audio.normalize());
        metadata.put("normalize_epsilon", "" + audio.normalizeEpsilon());
        metadata.put("samples_per_frame", "" + audio.featureEncoder().samplesPerToken());
        metadata.put("min_samples", "" + audio.featureEncoder().receptiveField());
        metadata.put(
                "preparation",
                (audio.normalize()
                                ? "each recording (value - mean) / sqrt(variance + " + audio.normalizeEpsilon()
                                        + ") over its own samples"
                                : "samples from -1 to 1")
                        + "; padding is 0 and begins at lengths"
                        + (audio.featureEncoder().compat() == Compat.NONE
                                ? ""
                                : "; with these weights padding changes results, so run recordings of one length together"));
    }
}
