package org.data2vec4j.interop.onnx;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.data2vec4j.image.ImageModality;

/** Images in an ONNX file. */
record ImageModalityNodes(ImageModality image) implements ModalityNodes {
    @Override
    public TokenValues tokens(ParameterNodes layers, int width) {
        return new ImageNodes(layers, image.image(), width).tokens(image.positions());
    }

    @Override
    public String positions() {
        return "patches";
    }

    @Override
    public void describe(Map<String, String> metadata) {
        metadata.put("size", "" + image.size());
        metadata.put("patch", "" + image.patch());
        metadata.put("mean", numbers(image.normalization().mean()));
        metadata.put("std", numbers(image.normalization().std()));
        metadata.put("resize", image.preparation().describe(image.size()));
        metadata.put(
                "preparation",
                "red, green, blue from 0 to 1, then (value - mean) / std; height and width are multiples of patch");
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
