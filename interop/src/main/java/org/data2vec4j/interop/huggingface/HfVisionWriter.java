package org.data2vec4j.interop.huggingface;

import java.util.List;
import java.util.Set;
import org.data2vec4j.core.UserException;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.data.CenterCrop;
import org.data2vec4j.image.data.ImageSize;
import org.data2vec4j.image.data.MiddleBox;
import org.data2vec4j.image.data.Preparation;
import org.data2vec4j.image.data.ResampleFilter;
import org.data2vec4j.image.data.ResizeRule;
import org.data2vec4j.image.data.ResizeThenCrop;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.OutputPooling;
import org.data2vec4j.model.method.data2vec1.CorruptionConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.train.run.PretrainConfig;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Models of images as {@code data2vec-vision}, or as {@code beit} where the mean is normed. */
class HfVisionWriter extends HfConfigWriter {
    final ImageModality image;

    HfVisionWriter(PretrainConfig run) {
        super(run);
        this.image = (ImageModality) run.modality();
    }

    @Override
    ObjectNode settings() {
        fits("model.extra_tokens", encoder.extraTokens() == 1, encoder.extraTokens(), "1");
        fits("model.block.norm", block.norm() == NormPlacement.PRE, block.norm(), "pre");
        fits(
                "image.positions",
                image.positions() != ImagePositions.SIN_COS,
                image.positions(),
                "none, learned or absent");
        noPositions();
        fits("image.size", image.size().isSquare(), image.size(), "square images");
        int reach = image.image().grid().width() - 1;
        boolean none = encoder.bias() instanceof AttentionBiasConfig.None;
        boolean each = encoder.bias() instanceof AttentionBiasConfig.Relative table && table.perBlock();
        if (!none && !(encoder.bias() instanceof AttentionBiasConfig.Relative bias && bias.reach() == reach)) {
            throw new UserException("model.bias is " + encoder.bias()
                    + "; Hugging Face's form has images with a relative bias of reach " + reach
                    + " (of this size) or none only");
        }
        boolean hides = run.method() instanceof Data2Vec1Config method
                && method.corruption() instanceof CorruptionConfig.Embedding;
        return sized(pooler() ? begun("beit", "BeitModel") : begun("data2vec-vision", "Data2VecVisionModel"))
                .put("image_size", image.size().width())
                .put("patch_size", image.patch())
                .put("num_channels", 3)
                .put("use_mask_token", hides)
                .put("use_absolute_position_embeddings", image.positions() == ImagePositions.LEARNED)
                .put("use_relative_position_bias", each)
                .put("use_shared_relative_position_bias", !none && !each)
                .put("layer_scale_init_value", block.layerScale())
                .put("use_mean_pooling", meanPooling())
                .put("hidden_dropout_prob", block.dropout())
                .put("attention_probs_dropout_prob", block.attentionDropout())
                .put("drop_path_rate", block.dropPath());
    }

    private boolean meanPooling() {
        OutputPooling pooling = encoder.pooling();
        return pooling == OutputPooling.NORMED_MEAN || pooling == OutputPooling.PLAIN_MEAN;
    }

    @Override
    Set<String> tensors() {
        return pooler() ? Set.of(HfVision.POOLER_WEIGHT) : Set.of();
    }

    /** A norm of the mean, which BeitModel has and Data2VecVisionModel leaves out; otherwise they are the same. */
    private boolean pooler() {
        return encoder.pooling() == OutputPooling.NORMED_MEAN;
    }

    @Override
    ObjectNode preprocessing() {
        ObjectNode node = super.preprocessing();
        Preparation preparation = image.preparation();
        if (preparation instanceof ResizeThenCrop resized) {
            resizedFirst(node, resized);
        } else {
            boolean middle = preparation instanceof MiddleBox || unrounded();
            fits("image.preparation", middle, preparation, "the largest middle square");
            node.put("image_processor_type", HfImageProcessor.CROPS_FIRST).put("do_resize", true);
            size(node.putObject("size"), image.size());
            node.put("do_center_crop", true);
            size(node.putObject("crop_size"), image.size());
            node.put("resample", HfImageProcessor.FILTERS.indexOf(ResampleFilter.BICUBIC));
        }
        node.put("do_rescale", true).put("rescale_factor", 1.0 / 255).put("do_normalize", true);
        numbers(node.putArray("image_mean"), image.normalization().mean());
        numbers(node.putArray("image_std"), image.normalization().std());
        return node;
    }

    private boolean unrounded() {
        return image.preparation().equals(new CenterCrop());
    }

    @Override
    List<String> notes() {
        return unrounded()
                ? List.of("transformers rounds resized pictures to whole levels, this run does not"
                        + " (image.preparation: center_crop): pixels differ by a level, at sharp edges by more")
                : List.of();
    }

    private void resizedFirst(ObjectNode node, ResizeThenCrop resized) {
        ResizeRule rule = resized.resize();
        fits("image.preparation", !(rule instanceof ResizeRule.Within), rule, "exact, shortest_edge or keep");
        boolean square = !(rule instanceof ResizeRule.ShortestEdge);
        node.put("image_processor_type", square ? "BeitImageProcessor" : "CLIPImageProcessor");
        node.put("do_resize", !(rule instanceof ResizeRule.Keep));
        if (rule instanceof ResizeRule.ShortestEdge shortest) {
            ObjectNode edges = node.putObject("size").put("shortest_edge", shortest.shortest());
            if (shortest.longest() > 0) {
                edges.put("longest_edge", shortest.longest());
            }
        } else {
            size(node.putObject("size"), rule instanceof ResizeRule.Exact exact ? exact.size() : image.size());
        }
        node.put("do_center_crop", !rule.equals(new ResizeRule.Exact(image.size())));
        size(node.putObject("crop_size"), image.size());
        node.put("resample", HfImageProcessor.FILTERS.indexOf(resized.filter()));
    }

    private static void size(ObjectNode node, ImageSize size) {
        node.put("height", size.height()).put("width", size.width());
    }

    private static void numbers(ArrayNode array, List<Double> values) {
        values.forEach(value -> array.add(value.doubleValue()));
    }
}
