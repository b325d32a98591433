package org.data2vec4j.interop.fairseq;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * The layers of fairseq's older transformers (RoBERTa, wav2vec 2.0, data2vec 1), as ours: queries, keys and values, which they keep
 * apart, become one matrix.
 */
final class SentenceLayers {
    private static final String QUERY = ".self_attn.q_proj.";
    private static final String KEY = ".self_attn.k_proj.";
    private static final String VALUE = ".self_attn.v_proj.";
    private static final String[][] OF_LAYER = {
        {"self_attn.out_proj.", "attn.proj."},
        {"self_attn_layer_norm.", "norm1."},
        {"fc", "mlp.fc"},
        {"final_layer_norm.", "norm2."},
    };

    private final String prefix;

    /** The layers under a prefix that ends before their number, such as {@code encoder.layers.}. */
    SentenceLayers(String prefix) {
        this.prefix = prefix;
    }

    /** Whether a parameter is of these layers. */
    boolean has(String name) {
        return name.startsWith(prefix);
    }

    /**
     * Puts a layer's parameter under our name; keys and values go with the queries.
     *
     * @param theirs all parameters, where the keys and values are
     * @throws UserException if a layer has queries but no keys or values
     */
    void put(Map<String, Tensor> ours, Map<String, Tensor> theirs, String name) {
        if (name.contains(KEY) || name.contains(VALUE)) {
            return;
        }
        boolean query = name.contains(QUERY);
        String rest = (query ? name.replace(QUERY, ".attn.qkv.") : name).substring(prefix.length()); // 3.fc1.weight
        int dot = rest.indexOf('.') + 1;
        ours.put(
                "encoder.main.blocks." + rest.substring(0, dot) + replaced(rest.substring(dot), OF_LAYER),
                query ? joined(theirs, name) : Objects.requireNonNull(theirs.get(name)));
    }

    private static Tensor joined(Map<String, Tensor> theirs, String query) {
        List<String> names = List.of(query, query.replace(QUERY, KEY), query.replace(QUERY, VALUE));
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

    /** The name with the first prefix that it has replaced. */
    static String replaced(String name, String[][] prefixes) {
        for (String[] pair : prefixes) {
            if (name.startsWith(pair[0])) {
                return pair[1] + name.substring(pair[0].length());
            }
        }
        return name;
    }
}
