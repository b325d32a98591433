package org.data2vec4j.model.method.mae;

import java.util.List;
import java.util.function.Supplier;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.SinCosTables;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.tensor.Device;

/**
 * Masked autoencoders.
 *
 * @param clones masked versions of each image in a step; published: 1
 * @param mask which patches are masked
 * @param decoder what predicts masked patches
 * @param normalizePixels whether each patch is brought to mean 0 and variance 1 before it is a target
 */
@Kind("mae")
public record MaeConfig(int clones, MaskStrategy mask, MaeDecoderConfig decoder, boolean normalizePixels)
        implements MethodConfig {
    /** Checks the ranges. */
    public MaeConfig {
        Check.inRange("clones", clones, 1, 1024);
    }

    /** The published settings: three patches of four masked at random, targets normalised. */
    public static MaeConfig defaults() {
        return new MaeConfig(1, new RandomMask(0.75), MaeDecoderConfig.defaults(), true);
    }

    /** The published base encoder: ViT-B with norms before each branch and a CLS token. */
    public static EncoderConfig base() {
        return new EncoderConfig(0, 12, 1, new BlockConfig(768, 12, 4, NormPlacement.PRE, 1e-6, 0, 0, 0, 0));
    }

    @Override
    public String title() {
        return "MAE";
    }

    @Override
    public List<String> savedEncoders() {
        return List.of(ENCODER);
    }

    /** Needs images, the pixels of whose patches it predicts. */
    @Override
    public void checkFits(FeatureEncoder featureEncoder) {
        if (featureEncoder.axes() != 2) {
            throw new UserException("mae predicts the pixels of images; for other data choose another method");
        }
        if (normalizePixels && featureEncoder.patchSize() < 2) {
            throw new UserException("mae.normalize_pixels is true but a patch has one value, which has no variance;"
                    + " use larger patches or false");
        }
    }

    @Override
    public Mae build(
            EncoderConfig encoder, Supplier<? extends FeatureEncoder> featureEncoder, long seed, Device device) {
        return new Mae(this, encoder, featureEncoder.get(), new SinCosTables(decoder.width()), seed, device);
    }
}
