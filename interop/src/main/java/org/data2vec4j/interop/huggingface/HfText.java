package org.data2vec4j.interop.huggingface;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.mask.TokenReplacementConfig;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.data2vec1.CorruptionConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.data2vec1.RegressionHeadConfig;
import org.data2vec4j.model.method.roberta.RobertaConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.text.TextModality;
import org.data2vec4j.text.data.TextOptions;
import org.data2vec4j.text.model.TextPositions;
import org.jspecify.annotations.Nullable;

/**
 * Data2VecText and RoBERTa, which is the same encoder. What it adds to every token (its one token type) becomes part of our places.
 *
 * @param config the settings
 * @param masked whether there is the head that predicts masked tokens, whose output layer is the table of tokens
 */
record HfText(HfConfig config, boolean masked) implements HfModel {
    /** A tensor of the head that predicts tokens. */
    static final String LM_HEAD = "lm_head.dense.weight";

    /** The types of these models. */
    static final Set<String> TYPES = Set.of("data2vec-text", "roberta");

    private static final int PAD = 1;

    @Override
    public String prefix() {
        return config.text("model_type", "").replace('-', '_') + ".";
    }

    @Override
    public TextModality modality() {
        config.only("bos_token_id", config.integer("bos_token_id", 0) == 0, "0");
        config.only("pad_token_id", config.integer("pad_token_id", PAD) == PAD, "1");
        config.only("eos_token_id", config.integer("eos_token_id", 2) == 2, "2");
        config.only(
                "position_embedding_type",
                config.text("position_embedding_type", "absolute").equals("absolute"),
                "\"absolute\"");
        return new TextModality(
                "",
                config.integer("vocab_size", 30_522),
                config.integer("max_position_embeddings", 512) - PAD - 1,
                TextModality.Sequences.BLOCKS,
                TextOptions.Unit.FILE,
                "text",
                "",
                TextPositions.LEARNED,
                config.number("layer_norm_eps", 1e-12),
                config.number("hidden_dropout_prob", 0.1),
                false);
    }

    @Override
    public EncoderConfig encoder() {
        config.only("hidden_act", config.text("hidden_act", "gelu").equals("gelu"), "\"gelu\"");
        config.only("is_decoder", !config.flag("is_decoder", false), "false");
        int width = config.integer("hidden_size", 768);
        double dropout = config.number("hidden_dropout_prob", 0.1);
        BlockConfig block = new BlockConfig(
                width,
                config.integer("num_attention_heads", 12),
                (double) config.integer("intermediate_size", 3072) / width,
                NormPlacement.POST,
                config.number("layer_norm_eps", 1e-12),
                dropout,
                config.number("attention_probs_dropout_prob", 0.1),
                0,
                0);
        return new EncoderConfig(0, config.integer("num_hidden_layers", 12), 0, block);
    }

    @Override
    public MethodConfig method() {
        Data2Vec1Config usual = Data2Vec1Config.texts();
        // Published vocabularies end with the mask token; a folder with a tokenizer says which it is.
        int last = config.integer("vocab_size", 30_522) - 1;
        int mask = config.integer(HfConfig.MASK_TOKEN, config.integer("mask_token_id", last));
        TokenReplacementConfig words = new TokenReplacementConfig(mask, 0.8, 0.1);
        if (masked) {
            return new RobertaConfig(RobertaConfig.defaults().mask(), words);
        }
        return new Data2Vec1Config(
                usual.mask(),
                new CorruptionConfig.Tokens(words),
                new RegressionHeadConfig(0, 2),
                HfVision.layers(usual.targets(), encoder().depth()),
                usual.teacher(),
                usual.loss());
    }

    @Override
    public List<TensorMapping> links() {
        List<TensorMapping> links = new ArrayList<>();
        links.add(TensorMapping.same("encoder.local.tokens.weight", "embeddings.word_embeddings.weight"));
        links.add(new TensorMapping(
                "encoder.local.places.weight",
                List.of("embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight"),
                TensorMapping.Form.PLACES));
        links.addAll(TensorMapping.both("encoder.local.norm", "embeddings.LayerNorm"));
        for (int i = 0; i < encoder().depth(); i++) {
            String ours = "encoder.main.blocks." + i + ".";
            String theirs = "encoder.layer." + i + ".";
            String attention = theirs + "attention.self.";
            for (String kind : List.of("weight", "bias")) {
                links.add(new TensorMapping(
                        ours + "attn.qkv." + kind,
                        List.of(attention + "query." + kind, attention + "key." + kind, attention + "value." + kind),
                        TensorMapping.Form.ROWS));
            }
            links.addAll(TensorMapping.both(ours + "attn.proj", theirs + "attention.output.dense"));
            links.addAll(TensorMapping.both(ours + "norm1", theirs + "attention.output.LayerNorm"));
            links.addAll(TensorMapping.both(ours + "mlp.fc1", theirs + "intermediate.dense"));
            links.addAll(TensorMapping.both(ours + "mlp.fc2", theirs + "output.dense"));
            links.addAll(TensorMapping.both(ours + "norm2", theirs + "output.LayerNorm"));
        }
        if (masked) {
            links.addAll(TensorMapping.both("head.dense", "lm_head.dense"));
            links.addAll(TensorMapping.both("head.norm", "lm_head.layer_norm"));
            links.add(TensorMapping.same("head.bias", "lm_head.bias"));
        }
        return links;
    }

    @Override
    public List<String> besides() {
        return List.of("classifier.", "lm_head.", "pooler.", "qa_outputs.", "embeddings.position_ids");
    }

    @Override
    public @Nullable Tensor logits(HfFolder folder, Encoder.Output output, Tensor pooled_BD) {
        if (masked) {
            Tensor dense_BTD = F.gelu(HfHeads.linear(folder, "lm_head.dense", output.features_BTD()));
            Tensor normed_BTD = F.layerNorm(
                    dense_BTD,
                    folder.read("lm_head.layer_norm.weight"),
                    folder.read("lm_head.layer_norm.bias"),
                    encoder().block().normEpsilon());
            String table = names(folder).get("embeddings.word_embeddings.weight");
            return table == null ? null : F.linear(normed_BTD, folder.read(table), folder.read("lm_head.bias"));
        }
        if (folder.names().contains("classifier.out_proj.weight")) {
            Tensor first_BD = output.features_BTD().select(1, 0);
            Tensor dense_BD = F.tanh(HfHeads.linear(folder, "classifier.dense", first_BD));
            return HfHeads.linear(folder, "classifier.out_proj", dense_BD);
        }
        return folder.names().contains("classifier.weight")
                ? HfHeads.linear(folder, "classifier", output.features_BTD())
                : null;
    }
}
