package org.data2vec4j.interop.fairseq;

import org.jspecify.annotations.Nullable;

/** fairseq's parameter names of a data2vec 2.0 model, as ours. */
public final class FairseqNames {
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
        if (name.startsWith("norm.")) {
            return "encoder." + name;
        }
        return name.startsWith("recon_proj.") ? name.replace("recon_proj.", "reconstruction.") : null;
    }

    private static @Nullable String ofModality(String name) {
        if (name.startsWith("local_encoder.")) {
            return name.replace("local_encoder.", "encoder.local.");
        }
        if (name.startsWith("context_encoder.norm.")) {
            return name.replace("context_encoder.norm.", "encoder.context_norm.");
        }
        if (name.startsWith("context_encoder.blocks.")) {
            return name.replace("context_encoder.", "encoder.context.");
        }
        if (name.startsWith("decoder.proj.")) {
            return projection(name.substring("decoder.proj.".length()));
        }
        if (name.startsWith("decoder.blocks.")) {
            return name;
        }
        return name.equals("extra_tokens") ? "encoder.extra_tokens" : null;
    }

    /** One layer has no number; several are every second module of a sequence with GELUs between. */
    private static String projection(String rest) {
        int dot = rest.indexOf('.');
        int layer = dot < 0 ? 0 : Integer.parseInt(rest.substring(0, dot)) / 2;
        return "decoder.proj.layers." + layer + "." + rest.substring(dot + 1);
    }
}
