package org.data2vec4j.interop.onnx;

import java.util.Map;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.model.TextConfig;

/** Texts in an ONNX file. */
record TextModalityNodes(TextModality modality) implements ModalityNodes {
    @Override
    public TokenValues tokens(ParameterNodes layers, int width) {
        return new TextNodes(layers, modality.text()).tokens();
    }

    @Override
    public String positions() {
        return "tokens";
    }

    @Override
    public void describe(Map<String, String> metadata) {
        TextConfig text = modality.text();
        metadata.put("max_tokens", "" + text.maxPositions());
        metadata.put("begin", "" + text.begin());
        metadata.put("pad", "" + text.pad());
        metadata.put("end", "" + text.end());
        metadata.put("preparation", "begin, the tokens of the text, end; padding is pad and begins at lengths");
    }
}
