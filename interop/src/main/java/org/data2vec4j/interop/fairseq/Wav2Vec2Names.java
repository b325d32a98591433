package org.data2vec4j.interop.fairseq;

import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.tensor.Tensor;

/** The parameters of fairseq's wav2vec 2.0 and of the models made from its code, as ours. */
public final class Wav2Vec2Names {
    private static final SentenceLayers LAYERS = new SentenceLayers("encoder.layers.");
    private static final String EXTRACTOR = "feature_extractor.conv_layers.";
    private static final String POSITIONS = "encoder.pos_conv.";
    private static final String CODES = "quantizer.vars";
    private static final String[][] PREFIXES = {
        {"layer_norm.", "encoder.local.norm."},
        {"post_extract_proj.", "encoder.local.proj."},
        {"mask_emb", "mask.embedding"},
        {"quantizer.weight_proj.", "quantiser.scores."},
        {"project_q.", "contrast.targets."},
        {"contr_proj.", "contrast.context."},
    };

    private final String norm;
    private final String finalProjection;

    /**
     * Names of a model.
     *
     * @param placement where its layers' norms stand, on which it depends where the encoder's own does
     * @param finalProjection our name of what the reference calls {@code final_proj}, such as {@code contrast.context}
     */
    public Wav2Vec2Names(NormPlacement placement, String finalProjection) {
        this.norm = placement == NormPlacement.POST ? "encoder.context_norm." : "encoder.norm.";
        this.finalProjection = finalProjection;
    }

    /**
     * Values or gradients of parameters by our names.
     *
     * @throws org.data2vec4j.core.UserException if a layer has queries but no keys or values
     */
    public Map<String, Tensor> ours(Map<String, Tensor> theirs) {
        Map<String, Tensor> ours = new LinkedHashMap<>();
        theirs.forEach((name, value) -> {
            if (LAYERS.has(name)) {
                LAYERS.put(ours, theirs, name);
            } else if (name.equals(CODES)) {
                ours.put("quantiser.codes", value.select(0, 0)); // of one head, they say
            } else {
                ours.put(name(name), value);
            }
        });
        return ours;
    }

    private String name(String theirs) {
        if (theirs.startsWith(EXTRACTOR)) {
            return FairseqNames.extractor(theirs.substring(EXTRACTOR.length()));
        }
        if (theirs.startsWith(POSITIONS)) {
            return positions(theirs.substring(POSITIONS.length()));
        }
        if (theirs.startsWith("encoder.layer_norm.")) {
            return norm + theirs.substring("encoder.layer_norm.".length());
        }
        if (theirs.startsWith("final_proj.")) {
            return finalProjection + theirs.substring("final_proj".length());
        }
        return SentenceLayers.replaced(theirs, PREFIXES);
    }

    /** {@code 0.weight_v} of one convolution, {@code 2.0.weight} of the third of several. */
    private static String positions(String rest) {
        String[] parts = rest.split("\\.", -1);
        if (parts.length == 3) {
            return "encoder.positions.layers." + parts[0] + "." + parts[2];
        }
        return "encoder.positions."
                + switch (parts[parts.length - 1]) {
                    case "weight_v" -> "weight";
                    case "weight_g" -> "gain";
                    default -> parts[parts.length - 1];
                };
    }
}
