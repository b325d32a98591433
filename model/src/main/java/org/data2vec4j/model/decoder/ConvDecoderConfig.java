package org.data2vec4j.model.decoder;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.UserException;

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
        Check.positive("decoder.width", width);
        Check.inRange("decoder.layers", layers, 1, 100);
        Check.inRange("decoder.kernel", kernel, 1, 99);
        Check.positive("decoder.groups", groups);
        if (width % groups != 0) {
            throw new UserException(
                    "decoder.groups is " + groups + " but decoder.width is " + width + "; groups must divide width");
        }
        Check.inRange("decoder.projection_layers", projectionLayers, 1, 10);
        Check.positive("decoder.projection_ratio", projectionRatio);
        Check.notNegative("decoder.noise", noise);
        Check.inRange("decoder.input_dropout", inputDropout, 0, 0.99);
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
    public Decoder build(int tokenWidth, int axes) {
        if (tokenWidth % groups != 0) {
            throw new UserException(
                    "decoder.groups is " + groups + " but model.width is " + tokenWidth + "; groups must divide it");
        }
        return new ConvDecoder(this, tokenWidth, axes);
    }
}
