package org.data2vec4j.interop.fairseq;

import org.jspecify.annotations.Nullable;

/** fairseq's parameter names of a data2vec 2.0 model, as ours. */
public final class FairseqNames {
    private static final String[][] PREFIXES = {
        {"local_encoder.proj.", "encoder.local.proj."},
        {"project_features.1.", "encoder.local.norm."},
        {"project_features.2.", "encoder.local.proj."},
        {"local_encoder.embed_tokens.", "encoder.local.tokens."},
        {"local_encoder.embed_positions.", "encoder.local.places."},
        {"local_encoder.layernorm_embedding.", "encoder.local.norm."},
        {"context_encoder.norm.", "encoder.context_norm."},
        {"context_encoder.blocks.", "encoder.context.blocks."},
        {"alibi_scale", "encoder.bias.scale"},
        {"decoder.blocks.", "decoder.blocks."},
        {"extra_tokens", "encoder.extra_tokens"},
    };

    private final String modality;

    /** Names of a model whose modality is IMAGE, AUDIO or TEXT. */
    public FairseqNames(String modality) {
        this.modality = "modality_encoders." + modality + ".";
    }

    /** Our name of a parameter, such as {@code encoder.main.blocks.0.norm1.weight}, or null if we compute it instead. */
    public @Nullable String ours(String name) {
        if (name.startsWith(modality)) {
            return ofModality(name.substring(modality.length()));
        }
        if (name.startsWith("blocks.")) {
            return "encoder.main." + name;
        }
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
            return "encoder.main.blocks." + name; // a teacher of the blocks alone
        }
        if (name.startsWith("norm.")) {
            return "encoder." + name;
        }
        return name.startsWith("recon_proj.") ? name.replace("recon_proj.", "reconstruction.") : null;
    }

    private static @Nullable String ofModality(String name) {
        if (name.startsWith("local_encoder.conv_layers.")) {
            return extractor(name.substring("local_encoder.conv_layers.".length()));
        }
        if (name.startsWith("relative_positional_encoder.")) {
            return positions(name.substring("relative_positional_encoder.".length()));
        }
        if (name.startsWith("decoder.proj.")) {
            return projection(name.substring("decoder.proj.".length()));
        }
        for (String[] pair : PREFIXES) {
            if (name.startsWith(pair[0])) {
                return pair[1] + name.substring(pair[0].length());
            }
        }
        return null;
    }

    /** {@code 3.0.weight} is a convolution; {@code 3.2.1.weight}, or {@code 0.2.weight} where one norm is over time, a norm. */
    static String extractor(String rest) {
        String[] parts = rest.split("\\.", -1);
        String kind = parts[parts.length - 1];
        boolean convolution = parts[1].equals("0");
        return "encoder.local.extractor.layers." + parts[0] + (convolution ? "." : ".norm.") + kind;
    }

    /**
     * {@code 2.0.weight} is the second convolution, since the first module of the sequence only transposes; with a norm first,
     * that norm is {@code 0} and the sequence {@code 1}.
     */
    private static String positions(String rest) {
        String[] parts = rest.split("\\.", -1);
        String kind = parts[parts.length - 1];
        if (parts.length == 2) {
            return "encoder.positions.norm." + kind;
        }
        int layer = Integer.parseInt(parts[parts.length - 3]) - 1;
        return "encoder.positions.layers." + layer + "." + kind;
    }

    /** One layer has no number; several are every second module of a sequence with GELUs between. */
    private static String projection(String rest) {
        int dot = rest.indexOf('.');
        int layer = dot < 0 ? 0 : Integer.parseInt(rest.substring(0, dot)) / 2;
        return "decoder.proj.layers." + layer + "." + rest.substring(dot + 1);
    }
}
