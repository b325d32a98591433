package org.data2vec4j.interop.huggingface;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.train.data.Modality;
import org.jspecify.annotations.Nullable;

/** An architecture of Hugging Face's that has a counterpart here, with its settings. */
public sealed interface HfModel permits HfAudio, HfText, HfVision, HfVit {
    /** What tensors beside the encoder are called whose names stand in the encoder too. */
    String HEAD = "head.";

    /**
     * The model that settings describe; throws a {@link UserException} if there is none here.
     *
     * @param tensors the names of the folder's tensors, which say whether a model has parts that no setting names
     */
    static HfModel of(HfConfig config, Set<String> tensors) {
        String type = config.text("model_type", "");
        return switch (type) {
            case "data2vec-audio" -> new HfAudio(config, false);
            case "wav2vec2" -> new HfAudio(config, true);
            case "data2vec-text", "roberta" ->
                new HfText(config, tensors.contains(HfText.LM_HEAD) && config.flag("tie_word_embeddings", true));
            case "data2vec-vision", "beit" ->
                new HfVision(config, tensors.stream().anyMatch(name -> name.endsWith(HfVision.POOLER_WEIGHT)));
            case "vit" -> HfVit.of(config, false, tensors);
            case "vit_mae" -> HfVit.of(config, true, tensors);
            default ->
                throw config.wrong(
                        "model_type",
                        "beit, data2vec-audio, data2vec-text, data2vec-vision, roberta, vit, vit_mae, wav2vec2");
        };
    }

    /** What stands before the encoder's tensors in models with a head, such as {@code data2vec_audio.}. */
    String prefix();

    /** The data, and the encoder's feature encoder. */
    Modality modality();

    /** The encoder. */
    EncoderConfig encoder();

    /** A method that goes on with the encoder, without a head. */
    MethodConfig method();

    /** All parameters that have a counterpart. */
    List<TensorMapping> links();

    /** First parts of the names of heads and buffers, which are no part of an encoder. */
    List<String> besides();

    /**
     * The head's scores, or null if the folder has no head of a kind known here.
     *
     * @param pooled_BD the encoder's vector of each sample
     */
    @Nullable
    Tensor logits(HfFolder folder, Encoder.Output output, Tensor pooled_BD);

    /** The names of a folder's tensors by their names within the encoder, older and newer spellings alike. */
    default Map<String, String> names(HfFolder folder) {
        Map<String, String> names = new LinkedHashMap<>();
        folder.names().stream().sorted().forEach(name -> {
            String own = name.startsWith(prefix()) ? name.substring(prefix().length()) : name;
            own = own.replace(".parametrizations.weight.original0", ".weight_g")
                    .replace(".parametrizations.weight.original1", ".weight_v");
            String other = names.put(own, name);
            if (other != null && other.startsWith(prefix()) != name.startsWith(prefix())) {
                boolean first = other.startsWith(prefix());
                names.put(own, first ? other : name); // the encoder's; the other one belongs to a head
                names.put(HEAD + own, first ? name : other);
            } else if (other != null) {
                throw new UserException(folder.path() + " has both " + other + " and " + name + ", which are one");
            }
        });
        return names;
    }
}
