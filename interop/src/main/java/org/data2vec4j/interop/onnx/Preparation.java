package org.data2vec4j.interop.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.data2vec4j.audio.AudioModality;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.model.TextConfig;
import org.data2vec4j.train.data.Modality;

/** How inputs are prepared, as metadata of an ONNX file. */
final class Preparation {
    private Preparation() {}

    static Map<String, String> of(Modality modality) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("input", modality.samples());
        if (modality instanceof ImageModality image) {
            image(metadata, image);
        } else if (modality instanceof AudioModality audio) {
            audio(metadata, audio);
        } else if (modality instanceof TextModality text) {
            text(metadata, text.text());
        }
        return metadata;
    }

    private static void image(Map<String, String> metadata, ImageModality image) {
        metadata.put("size", "" + image.size());
        metadata.put("patch", "" + image.patch());
        metadata.put("mean", numbers(image.normalization().mean()));
        metadata.put("std", numbers(image.normalization().std()));
        metadata.put(
                "preparation",
                "red, green, blue from 0 to 1, then (value - mean) / std; height and width are multiples of patch");
    }

    private static void audio(Map<String, String> metadata, AudioModality audio) {
        metadata.put("sample_rate", "" + audio.featureEncoder().sampleRate());
        metadata.put("normalize", "" + audio.normalize());
        metadata.put("samples_per_frame", "" + audio.featureEncoder().samplesPerToken());
        metadata.put("min_samples", "" + audio.featureEncoder().receptiveField());
        metadata.put(
                "preparation",
                (audio.normalize()
                                ? "each recording (value - mean) / sqrt(variance + 1e-5) over its own samples"
                                : "samples from -1 to 1")
                        + "; padding is 0 and begins at lengths"
                        + (audio.featureEncoder().compat() == Compat.NONE
                                ? ""
                                : "; with these weights padding changes results, so run recordings of one length together"));
    }

    private static void text(Map<String, String> metadata, TextConfig text) {
        metadata.put("max_tokens", "" + text.maxPositions());
        metadata.put("begin", "" + text.begin());
        metadata.put("pad", "" + text.pad());
        metadata.put("end", "" + text.end());
        metadata.put("preparation", "begin, the tokens of the text, end; padding is pad and begins at lengths");
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
