package org.data2vec4j.model.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.model.nn.Projection;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/**
 * Grouped convolutions over the grid (or the row) of positions, each followed by a norm without parameters and a GELU, then a projection that runs for
 * masked places only: the others' predictions are never used. Shapes: R rows, T = h·w positions, N masked in all rows, C channels, D width.
 */
public final class ConvDecoder extends Decoder {
    private static final double NORM_EPSILON = 1e-5;

    private final ConvDecoderConfig config;
    private final List<Convolution> blocks;
    private final Projection proj;

    ConvDecoder(ConvDecoderConfig config, int tokenWidth, int axes) {
        this.config = config;
        List<Convolution> made = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            made.add(new Convolution(i == 0 ? tokenWidth : config.width(), config, axes));
        }
        this.blocks = children("blocks", made);
        this.proj = child(
                "proj",
                new Projection(config.width(), tokenWidth, config.projectionLayers(), config.projectionRatio()));
    }

    @Override
    public Tensor forward(Tensor visible_RVD, MaskIndices view) {
        Tensor features_TC = convolve(visible_RVD, view);
        return proj.forward(features_TC.indexSelect(0, view.masked()));
    }

    /** Predictions at every place, (R, T, D); training needs only those of {@link #forward}. */
    public Tensor everywhere(Tensor visible_RVD, MaskIndices view) {
        return proj.forward(convolve(visible_RVD, view))
                .view(view.rows(), view.grid().size(), -1);
    }

    private Tensor convolve(Tensor visible_RVD, MaskIndices view) {
        Grid grid = view.grid();
        Tensor visible = F.dropout(visible_RVD, training() ? config.inputDropout() : 0);
        Tensor x_RTC = filled(visible.to(Autocast.type()), view, config.noise()).view(view.rows(), grid.size(), -1);
        Tensor valid = Padding.valid(view.layout(), view.masks().clones(), x_RTC.device());
        for (Convolution block : blocks) {
            x_RTC = Padding.zeroed(x_RTC, valid);
            Tensor y_RTC = block.forward(x_RTC, grid);
            x_RTC = config.residual() && y_RTC.size(2) == x_RTC.size(2) ? y_RTC.add(x_RTC) : y_RTC;
        }
        return x_RTC.reshape(-1, config.width());
    }

    /** Convolution, norm, GELU. */
    private static final class Convolution extends Module {
        private final Parameter weight;
        private final Parameter bias;
        private final int kernel;
        private final int groups;
        private final int axes;

        Convolution(int in, ConvDecoderConfig config, int axes) {
            this.kernel = config.kernel();
            this.groups = config.groups();
            this.axes = axes;
            long inputs = (long) in / groups * (axes == 2 ? kernel * kernel : kernel);
            long[] shape = new long[2 + axes];
            Arrays.fill(shape, kernel);
            shape[0] = config.width();
            shape[1] = in / groups;
            weight = parameter("0.weight", Init.Uniform.fanIn(inputs), shape);
            bias = parameter("0.bias", Init.Uniform.fanIn(inputs), config.width());
        }

        Tensor forward(Tensor x_RTC, Grid grid) {
            Tensor y_RTC = axes == 2 ? overGrid(x_RTC, grid) : overRow(x_RTC);
            return F.gelu(F.layerNorm(y_RTC, null, null, NORM_EPSILON));
        }

        /** An even kernel gives one row and one column too many. */
        private Tensor overGrid(Tensor x_RTC, Grid grid) {
            Tensor x_RhwC = x_RTC.view(x_RTC.size(0), grid.height(), grid.width(), -1);
            Tensor y = F.conv2d(x_RhwC, weight.value(), bias.value(), kernel / 2, groups);
            if (kernel % 2 == 0) {
                y = y.narrow(1, 0, y.size(1) - 1).narrow(2, 0, y.size(2) - 1);
            }
            return y.reshape(y.size(0), grid.size(), y.size(3));
        }

        private Tensor overRow(Tensor x_RTC) {
            Tensor y = F.conv1d(x_RTC, weight.value(), bias.value(), 1, kernel / 2, groups);
            return kernel % 2 == 0 ? y.narrow(1, 0, y.size(1) - 1) : y;
        }
    }
}
