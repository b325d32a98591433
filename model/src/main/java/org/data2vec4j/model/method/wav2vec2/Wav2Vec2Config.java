package org.data2vec4j.model.method.wav2vec2;

import java.util.List;
import java.util.function.Supplier;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.contrast.ContrastConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.ContinuousFeatureEncoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.BlockMask;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.quantizer.QuantizerConfig;
import org.data2vec4j.tensor.Device;

/**
 * wav2vec 2.0.
 *
 * @param mask which positions are masked
 * @param quantizer what makes targets of extracted features
 * @param contrast the task
 * @param penalty what is added to the loss
 * @param featureDropout on the features that are quantised
 */
@Kind("wav2vec2")
public record Wav2Vec2Config(
        MaskStrategy mask,
        QuantizerConfig quantizer,
        ContrastConfig contrast,
        PenaltyConfig penalty,
        double featureDropout)
        implements MethodConfig {
    /** Checks the ranges. */
    public Wav2Vec2Config {
        Check.inRange("feature_dropout", featureDropout, 0, 0.99);
    }

    /** The published base settings: spans of 10 that hide 49 % of the positions. */
    public static Wav2Vec2Config defaults() {
        return new Wav2Vec2Config(
                new BlockMask(0.49, 10, 0.16),
                QuantizerConfig.defaults(),
                ContrastConfig.defaults(),
                PenaltyConfig.defaults(),
                0.1);
    }

    /** The published base encoder: 12 post-norm blocks of 768 features behind one wide convolution. */
    public static EncoderConfig base() {
        return new EncoderConfig(
                0,
                12,
                0,
                new BlockConfig(768, 12, 4, NormPlacement.POST, 1e-5, 0.1, 0.1, 0, 0),
                PositionsConfig.WeightNormConv.defaults(),
                new AttentionBiasConfig.None(),
                0.1,
                0.05);
    }

    @Override
    public String title() {
        return "wav2vec 2.0";
    }

    @Override
    public List<String> savedEncoders() {
        return List.of(ENCODER);
    }

    /** Needs the continuous features that sounds have. */
    @Override
    public void checkFits(FeatureEncoder featureEncoder) {
        continuous(featureEncoder);
    }

    static ContinuousFeatureEncoder continuous(FeatureEncoder featureEncoder) {
        if (featureEncoder instanceof ContinuousFeatureEncoder continuous) {
            return continuous;
        }
        throw new UserException("wav2vec2 quantises the features of recordings; for other data choose another method");
    }

    @Override
    public Wav2Vec2 build(
            EncoderConfig encoder, Supplier<? extends FeatureEncoder> featureEncoder, long seed, Device device) {
        return new Wav2Vec2(this, encoder, featureEncoder.get(), seed, device);
    }
}
