package org.data2vec4j.interop.fairseq;

import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.tensor.Tensor;

/** The parameters of fairseq's RoBERTa, as ours. */
public final class RobertaNames {
    private static final SentenceLayers LAYERS = new SentenceLayers("encoder.sentence_encoder.layers.");
    private static final String[][] PREFIXES = {
        {"encoder.sentence_encoder.embed_tokens.", "encoder.local.tokens."},
        {"encoder.sentence_encoder.embed_positions.", "encoder.local.places."},
        {"encoder.sentence_encoder.layernorm_embedding.", "encoder.local.norm."},
        {"encoder.lm_head.layer_norm.", "head.norm."},
        {"encoder.lm_head.", "head."},
    };

    private RobertaNames() {}

    /**
     * Values or gradients of parameters by our names.
     *
     * @throws org.data2vec4j.core.UserException if a layer has queries but no keys or values
     */
    public static Map<String, Tensor> ours(Map<String, Tensor> theirs) {
        Map<String, Tensor> ours = new LinkedHashMap<>();
        theirs.forEach((name, value) -> {
            if (LAYERS.has(name)) {
                LAYERS.put(ours, theirs, name);
            } else if (!name.equals("encoder.lm_head.weight")) { // tied: the embeddings under another name
                ours.put(SentenceLayers.replaced(name, PREFIXES), value);
            }
        });
        return ours;
    }
}
