package org.data2vec4j.interop.fairseq;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** The parameters of fairseq's RoBERTa, as ours: queries, keys and values, which it keeps apart, become one matrix. */
public final class RobertaNames {
    private static final String LAYERS = "encoder.sentence_encoder.layers.";
    private static final String QUERY = ".self_attn.q_proj.";
    private static final String[][] PREFIXES = {
        {"encoder.sentence_encoder.embed_tokens.", "encoder.local.tokens."},
        {"encoder.sentence_encoder.embed_positions.", "encoder.local.places."},
        {"encoder.sentence_encoder.layernorm_embedding.", "encoder.local.norm."},
        {"encoder.lm_head.layer_norm.", "head.norm."},
        {"encoder.lm_head.", "head."},
    };
    private static final String[][] OF_LAYER = {
        {"self_attn.out_proj.", "attn.proj."},
        {"self_attn_layer_norm.", "norm1."},
        {"fc", "mlp.fc"},
        {"final_layer_norm.", "norm2."},
    };

    private RobertaNames() {}

    /**
     * Values or gradients of parameters by our names.
     *
     * @throws UserException if a layer has queries but no keys or values
     */
    public static Map<String, Tensor> ours(Map<String, Tensor> theirs) {
        Map<String, Tensor> ours = new LinkedHashMap<>();
        theirs.forEach((name, value) -> {
            if (name.contains(QUERY)) {
                ours.put(name(name.replace(QUERY, ".attn.qkv.")), joined(theirs, name));
            } else if (!name.contains(".self_attn.k_proj.")
                    && !name.contains(".self_attn.v_proj.")
                    && !name.equals("encoder.lm_head.weight")) { // tied: the embeddings under another name
                ours.put(name(name), value);
            }
        });
        return ours;
    }

    private static Tensor joined(Map<String, Tensor> theirs, String query) {
        List<String> names =
                List.of(query, query.replace(".q_proj.", ".k_proj."), query.replace(".q_proj.", ".v_proj."));
        for (String name : names) {
            if (!theirs.containsKey(name)) {
                throw new UserException("there is " + query + " but no " + name + "; attention needs both");
            }
        }
        return Tensors.cat(
                names.stream()
                        .map(name -> Objects.requireNonNull(theirs.get(name)))
                        .toList(),
                0);
    }

    private static String name(String theirs) {
        if (theirs.startsWith(LAYERS)) {
            String rest = theirs.substring(LAYERS.length()); // 3.fc1.weight
            int dot = rest.indexOf('.') + 1;
            return "encoder.main.blocks." + rest.substring(0, dot) + replaced(rest.substring(dot), OF_LAYER);
        }
        return replaced(theirs, PREFIXES);
    }

    private static String replaced(String name, String[][] prefixes) {
        for (String[] pair : prefixes) {
            if (name.startsWith(pair[0])) {
                return pair[1] + name.substring(pair[0].length());
            }
        }
        return name;
    }
}
