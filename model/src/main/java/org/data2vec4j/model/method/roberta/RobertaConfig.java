package org.data2vec4j.model.method.roberta;

import java.util.List;
import java.util.function.Supplier;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.TokenFeatureEncoder;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.mask.TokenReplacementConfig;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.tensor.Device;

/**
 * RoBERTa's masked language model.
 *
 * @param mask which tokens are to be predicted; never padding, nor special tokens unless the texts' {@code mask_special} allows them
 * @param replacement what the encoder sees in their place
 */
@Kind("roberta")
public record RobertaConfig(MaskStrategy mask, TokenReplacementConfig replacement) implements MethodConfig {
    /** The published settings: 15 % of the tokens, of which 80 % are hidden, 10 % changed and 10 % left. */
    public static RobertaConfig defaults() {
        return new RobertaConfig(new RandomMask(0.15), TokenReplacementConfig.defaults());
    }

    /** The published base encoder: 12 post-norm blocks of 768 features. */
    public static EncoderConfig base() {
        return new EncoderConfig(0, 12, 0, new BlockConfig(768, 12, 4, NormPlacement.POST, 1e-5, 0.1, 0.1, 0, 0));
    }

    @Override
    public String title() {
        return "RoBERTa";
    }

    @Override
    public List<String> savedEncoders() {
        return List.of(ENCODER);
    }

    /** Needs texts, whose tokens it predicts. */
    @Override
    public void checkFits(FeatureEncoder featureEncoder) {
        tokens(featureEncoder);
    }

    static TokenFeatureEncoder tokens(FeatureEncoder featureEncoder) {
        if (featureEncoder instanceof TokenFeatureEncoder tokens) {
            return tokens;
        }
        throw new UserException("roberta predicts the tokens of texts; for other data choose another method");
    }

    @Override
    public Roberta build(
            EncoderConfig encoder, Supplier<? extends FeatureEncoder> featureEncoder, long seed, Device device) {
        return new Roberta(this, encoder, featureEncoder.get(), seed, device);
    }
}
