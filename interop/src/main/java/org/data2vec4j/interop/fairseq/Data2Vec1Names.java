package org.data2vec4j.interop.fairseq;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** The parameters of fairseq's data2vec of any modality, as ours. */
public final class Data2Vec1Names {
    private static final String SENTENCES = "encoder.sentence_encoder.";
    private static final String REGRESSION = "encoder.regression_head.";
    private static final String EXTRACTOR = "feature_extractor.conv_layers.";
    private static final String POSITIONS = "encoder.pos_conv.";
    private static final String[][] IMAGE = {
        {"encoder.rel_pos_bias.relative_position_bias_table", "encoder.bias.table"},
        {"encoder.blocks.", "encoder.main.blocks."},
        {"patch_embed.conv.", "encoder.local.proj."},
        {"cls_emb", "encoder.extra_tokens"},
        {"mask_emb", "mask.embedding"},
        {".gamma_", ".scale"},
        {".mlp.0.", ".mlp.fc1."},
        {".mlp.2.", ".mlp.fc2."},
    };

    private final FairseqData2Vec1 reference;

    /** Names of a model with these settings. */
    public Data2Vec1Names(FairseqData2Vec1 reference) {
        this.reference = reference;
    }

    /** Values or gradients of the teacher's parameters by our names. */
    public Map<String, Tensor> ofTeacher(Map<String, Tensor> theirs) {
        String prefix = reference.modality() == FairseqData2Vec1.Modality.TEXT ? SENTENCES : "encoder.";
        Map<String, Tensor> ofStudent = new LinkedHashMap<>();
        theirs.forEach((name, value) -> ofStudent.put(prefix + name, value));
        return ours(ofStudent);
    }

    /**
     * Values or gradients of the student's parameters by our names.
     *
     * @throws UserException if queries, keys or values lack their counterparts
     */
    public Map<String, Tensor> ours(Map<String, Tensor> theirs) {
        return switch (reference.modality()) {
            case AUDIO -> audio(theirs);
            case IMAGE -> image(theirs);
            case TEXT -> text(theirs);
        };
    }

    private static Map<String, Tensor> text(Map<String, Tensor> theirs) {
        Map<String, Tensor> ours = new LinkedHashMap<>();
        RobertaNames.ours(theirs).forEach((name, value) -> {
            if (name.startsWith(REGRESSION)) { // every second module of a sequence with GELUs between
                String rest = name.substring(REGRESSION.length());
                int dot = rest.indexOf('.');
                ours.put("head.layers." + Integer.parseInt(rest.substring(0, dot)) / 2 + rest.substring(dot), value);
            } else if (!name.equals(SENTENCES + "version")) {
                ours.put(name, value);
            }
        });
        return ours;
    }

    private Map<String, Tensor> audio(Map<String, Tensor> theirs) {
        Map<String, Tensor> sentences = new LinkedHashMap<>();
        theirs.forEach((name, value) ->
                sentences.put(name.replaceFirst("^encoder\\.layers\\.", SENTENCES + "layers."), value));
        Map<String, Tensor> ours = new LinkedHashMap<>();
        RobertaNames.ours(sentences).forEach((name, value) -> ours.put(audio(name), value));
        return ours;
    }

    private String audio(String name) {
        if (name.startsWith(EXTRACTOR)) {
            return FairseqNames.extractor(name.substring(EXTRACTOR.length()));
        }
        if (name.startsWith(POSITIONS)) { // the convolution is the first module of its layer
            return "encoder.positions.layers."
                    + name.substring(POSITIONS.length()).replaceFirst("\\.0\\.", ".");
        }
        if (name.startsWith("encoder.layer_norm.")) {
            boolean last = reference.encoder().block().norm() != NormPlacement.POST;
            return name.replace("encoder.layer_norm.", last ? "encoder.norm." : "encoder.context_norm.");
        }
        return name.replaceFirst("^layer_norm\\.", "encoder.local.norm.")
                .replaceFirst("^post_extract_proj\\.", "encoder.local.proj.")
                .replaceFirst("^final_proj\\.", "head.layers.0.")
                .replaceFirst("^mask_emb$", "mask.embedding");
    }

    private static Map<String, Tensor> image(Map<String, Tensor> theirs) {
        Map<String, Tensor> ours = new LinkedHashMap<>();
        theirs.forEach((name, value) -> {
            if (name.endsWith(".q_bias")) {
                String values = name.replace(".q_bias", ".v_bias");
                ours.put(image(name.replace(".q_bias", ".qkv.bias")), joined(value, theirs.get(values), name));
            } else if (!name.endsWith(".v_bias")
                    && !name.endsWith(".relative_position_index")
                    && !name.startsWith("final_proj.")) { // which no pass uses
                ours.put(image(name), shaped(name, value));
            }
        });
        return ours;
    }

    /** Keys have no bias: the same for all of them, it would add the same to all scores of a query. */
    private static Tensor joined(Tensor queries, @Nullable Tensor values, String name) {
        if (values == null) {
            throw new UserException("there is " + name + " but no bias of the values; attention needs both");
        }
        return Tensors.cat(List.of(queries, queries.mul(0), values), 0);
    }

    private static Tensor shaped(String name, Tensor value) {
        if (name.equals("mask_emb")) {
            return value.view(-1);
        }
        return name.endsWith(".relative_position_bias_table") ? value.unsqueeze(0) : value;
    }

    private static String image(String theirs) {
        String name = theirs;
        for (String[] pair : IMAGE) {
            name = name.replace(pair[0], pair[1]);
        }
        return name;
    }
}
