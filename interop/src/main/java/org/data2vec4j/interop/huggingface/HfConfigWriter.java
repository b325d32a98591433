package org.data2vec4j.interop.huggingface;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A recipe's encoder as {@code config.json}; a setting that has no counterpart there is an error that names it. */
abstract class HfConfigWriter {
    final PretrainConfig run;
    final EncoderConfig encoder;
    final BlockConfig block;

    HfConfigWriter(PretrainConfig run) {
        this.run = run;
        this.encoder = run.model();
        this.block = encoder.block();
    }

    /** The settings. */
    final ObjectNode config() {
        fits("model.prenet", encoder.prenet() == 0, encoder.prenet(), "0");
        return settings();
    }

    /** The settings of this modality's models. */
    abstract ObjectNode settings();

    /** Names of tensors of parts that no setting names; none unless overridden. */
    Set<String> tensors() {
        return Set.of();
    }

    /** How inputs are prepared, for {@code preprocessor_config.json}; nothing unless overridden. */
    ObjectNode preprocessing() {
        return JsonMapper.shared().createObjectNode();
    }

    /**
     * A head that is written with the encoder.
     *
     * @param architecture the class of both
     * @param outside first parts of the names of its tensors, which have no prefix
     */
    record Head(String architecture, List<String> outside) {}

    /** The head that a model of these parameters has, or null. */
    @Nullable
    Head head(Set<String> parameters) {
        return null;
    }

    /** Values by names of ours that are computed here and stored there, in the scope open now; none unless overridden. */
    Map<String, Tensor> computed() {
        return Map.of();
    }

    /** What the form cannot say of this model, in sentences; nothing unless overridden. */
    List<String> notes() {
        return List.of();
    }

    /** Throws a {@link UserException} that names the setting unless it has a counterpart. */
    static void fits(String setting, boolean holds, Object value, String allowed) {
        if (!holds) {
            throw new UserException(setting + " is " + value + "; Hugging Face's form has models with " + allowed
                    + " only, so this run cannot be written in it");
        }
    }

    /** The beginning of a file of settings. */
    static ObjectNode begun(String type, String architecture) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.putArray("architectures").add(architecture);
        return node.put("model_type", type).put("dtype", "float32");
    }

    /** Adds the sizes of the blocks. */
    final ObjectNode sized(ObjectNode node) {
        return node.put("hidden_size", block.width())
                .put("num_hidden_layers", encoder.depth())
                .put("num_attention_heads", block.heads())
                .put("intermediate_size", (int) Math.round(block.width() * block.mlpRatio()))
                .put("hidden_act", "gelu")
                .put("layer_norm_eps", block.normEpsilon());
    }

    /** Refuses positions behind the feature encoder. */
    final void noPositions() {
        fits("model.positions", encoder.positions() instanceof PositionsConfig.None, encoder.positions(), "none there");
    }
}
