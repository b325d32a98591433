package org.data2vec4j.interop.huggingface;

import java.util.List;
import java.util.Set;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.method.data2vec1.CorruptionConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.roberta.RobertaConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.model.TextPositions;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Models of texts as {@code data2vec-text}. */
final class HfTextWriter extends HfConfigWriter {
    private final TextModality text;

    HfTextWriter(PretrainConfig run) {
        super(run);
        this.text = (TextModality) run.modality();
    }

    @Override
    ObjectNode settings() {
        fits("model.extra_tokens", encoder.extraTokens() == 0, encoder.extraTokens(), "0");
        fits("model.block.norm", block.norm() == NormPlacement.POST, block.norm(), "post");
        fits("model.bias", encoder.bias() instanceof AttentionBiasConfig.None, encoder.bias(), "none");
        noPositions();
        fits("text.positions", text.positions() == TextPositions.LEARNED, text.positions(), "learned");
        fits(
                "text.norm_epsilon",
                text.normEpsilon() == block.normEpsilon(),
                text.normEpsilon(),
                "model.block.norm_epsilon, " + block.normEpsilon() + ",");
        boolean roberta = run.method() instanceof RobertaConfig;
        ObjectNode node = sized(
                        roberta ? begun("roberta", "RobertaModel") : begun("data2vec-text", "Data2VecTextModel"))
                .put("vocab_size", text.vocabulary())
                .put("max_position_embeddings", text.length() + 2) // places count from one past <pad>
                .put("type_vocab_size", 1)
                .put("bos_token_id", 0)
                .put("pad_token_id", 1)
                .put("eos_token_id", 2)
                .put("hidden_dropout_prob", block.dropout())
                .put("attention_probs_dropout_prob", block.attentionDropout());
        if (run.method() instanceof Data2Vec1Config method
                && method.corruption() instanceof CorruptionConfig.Tokens tokens) {
            node.put("mask_token_id", tokens.replacement().token());
        }
        if (run.method() instanceof RobertaConfig method) {
            node.put("mask_token_id", method.replacement().token());
        }
        return node;
    }

    @Override
    Set<String> tensors() {
        return run.method() instanceof RobertaConfig ? Set.of(HfText.LM_HEAD) : Set.of();
    }

    @Override
    @Nullable
    Head head(Set<String> parameters) {
        return run.method() instanceof RobertaConfig && parameters.contains("head.dense.weight")
                ? new Head("RobertaForMaskedLM", List.of("lm_head."))
                : null;
    }
}
