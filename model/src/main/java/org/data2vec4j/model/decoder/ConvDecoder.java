package org.data2vec4j.model.decoder;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.model.mask.Grid;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;

/**
 * Grouped convolutions over the grid, each followed by a norm without parameters and a GELU, then a projection that runs for
 * masked places only: the others' predictions are never used. Shapes: R rows, T = h·w positions, N masked, C channels, D width.
 */
public final class ConvDecoder extends Decoder {
    private static final double NORM_EPSILON = 1e-5;

    private final ConvDecoderConfig config;
    private final List<Convolution> blocks;
    private final Projection proj;

    ConvDecoder(ConvDecoderConfig config, int tokenWidth) {
        this.config = config;
        List<Convolution> made = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            made.add(new Convolution(i == 0 ? tokenWidth : config.width(), config));
        }
        this.blocks = children("blocks", made);
        this.proj = child(
                "proj",
                new Projection(config.width(), tokenWidth, config.projectionLayers(), config.projectionRatio()));
    }

    @Override
    public Tensor forward(Tensor visible_RVD, MaskedView view) {
        Tensor features_TC = convolve(visible_RVD, view);
        return proj.forward(features_TC.indexSelect(0, view.masked()));
    }

    /** Predictions at every place, (R, T, D); training needs only those of {@link #forward}. */
    public Tensor everywhere(Tensor visible_RVD, MaskedView view) {
        return proj.forward(convolve(visible_RVD, view))
                .view(view.rows(), view.grid().size(), -1);
    }

    private Tensor convolve(Tensor visible_RVD, MaskedView view) {
        Grid grid = view.grid();
        Tensor visible = F.dropout(visible_RVD, training() ? config.inputDropout() : 0);
        Tensor x = filled(visible.to(org.data2vec4j.tensor.Autocast.type()), view, config.noise())
                .view(view.rows(), grid.height(), grid.width(), -1);
        for (Convolution block : blocks) {
            Tensor y_RhwC = block.forward(x);
            x = config.residual() && y_RhwC.size(3) == x.size(3) ? y_RhwC.add(x) : y_RhwC;
        }
        return x.reshape(-1, config.width());
    }

    /** Convolution, norm, GELU. */
    private static final class Convolution extends Module {
        private final Parameter weight;
        private final Parameter bias;
        private final int kernel;
        private final int groups;

        Convolution(int in, ConvDecoderConfig config) {
            kernel = config.kernel();
            groups = config.groups();
            long inputs = (long) in / groups * kernel * kernel;
            weight = parameter("0.weight", Init.Uniform.fanIn(inputs), config.width(), in / groups, kernel, kernel);
            bias = parameter("0.bias", Init.Uniform.fanIn(inputs), config.width());
        }

        Tensor forward(Tensor x_RhwC) {
            Tensor y = F.conv2d(x_RhwC, weight.value(), bias.value(), kernel / 2, groups);
            if (kernel % 2 == 0) { // an even kernel gives one row and column too many
                y = y.narrow(1, 0, y.size(1) - 1).narrow(2, 0, y.size(2) - 1);
            }
            return F.gelu(F.layerNorm(y, null, null, NORM_EPSILON));
        }
    }
}
