package org.data2vec4j.model.decoder;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.SettingException;

/**
 * The convolutional decoder of data2vec 2.0 (section 3.3 of the paper).
 *
 * @param width channels
 * @param layers convolutions
 * @param kernel side of a kernel in positions
 * @param groups groups of channels that do not mix
 * @param residual whether a layer's input is added to its output where their widths agree
 * @param projectionLayers linear layers after the convolutions
 * @param projectionRatio hidden features of the projection over width, where it has several layers
 * @param noise deviation of the normal noise at masked places
 * @param inputDropout dropout on the visible tokens
 */
@Kind("conv")
public record ConvDecoderConfig(
        int width,
        int layers,
        int kernel,
        int groups,
        boolean residual,
        int projectionLayers,
        double projectionRatio,
        double noise,
        double inputDropout)
        implements DecoderConfig {
    /** Checks the ranges. */
    public ConvDecoderConfig {
        Check.positive("width", width);
        Check.inRange("layers", layers, 1, 100);
        Check.inRange("kernel", kernel, 1, 99);
        Check.positive("groups", groups);
        if (width % groups != 0) {
            throw new SettingException(
                    "groups", "is " + groups + " but width is " + width + "; groups must divide width");
        }
        Check.inRange("projection_layers", projectionLayers, 1, 10);
        Check.positive("projection_ratio", projectionRatio);
        Check.notNegative("noise", noise);
        Check.inRange("input_dropout", inputDropout, 0, 0.99);
    }

    /** The published image decoder at its sizes: residual, one projection layer, noise 0.01. */
    public static ConvDecoderConfig of(int width, int layers, int kernel, int groups) {
        return new ConvDecoderConfig(width, layers, kernel, groups, true, 1, 2, 0.01, 0);
    }

    /** What a recipe that leaves settings out gets: ViT-B's decoder. */
    public static ConvDecoderConfig defaults() {
        return of(768, 6, 3, 16);
    }

    @Override
    public void checkFits(int tokenWidth) {
        Check.setting(
                tokenWidth % groups == 0,
                "groups",
                "is " + groups + " but model.block.width is " + tokenWidth + "; groups must divide it");
    }

    @Override
    public Decoder build(int tokenWidth, int axes) {
        checkFits(tokenWidth);
        return new ConvDecoder(this, tokenWidth, axes);
    }
}
