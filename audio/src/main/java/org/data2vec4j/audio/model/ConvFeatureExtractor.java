package org.data2vec4j.audio.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.audio.model.AudioConfig.ExtractorNorm;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Strided convolutions over the waveform, each followed by a norm and a GELU. Shapes: B, S samples, T positions, C channels. */
final class ConvFeatureExtractor extends Module {
    private static final double EPSILON = 1e-5;

    private final AudioConfig config;
    private final List<Layer> layers;

    ConvFeatureExtractor(AudioConfig config) {
        this.config = config;
        List<Layer> made = new ArrayList<>();
        for (int i = 0; i < config.extractor().size(); i++) {
            int in = i == 0 ? 1 : config.extractor().get(i - 1).channels();
            made.add(new Layer(config.extractor().get(i), in, config, i == 0));
        }
        this.layers = children("layers", made);
    }

    /**
     * (B, S) waveforms to (B, T, C).
     *
     * @param lengths samples of each that are not padding; null if none is padded, or padding counts as input
     */
    Tensor forward(Tensor source_BS, int @Nullable [] lengths) {
        Tensor x_BTC = source_BS.unsqueeze(2);
        long[] valid =
                lengths == null ? null : Arrays.stream(lengths).asLongStream().toArray();
        for (Layer layer : layers) {
            Tensor before = x_BTC;
            x_BTC = Scope.lean(() -> layer.forward(before, valid));
            if (!Grad.isRecorded()) {
                before.free();
            }
        }
        double scale = config.gradientScale();
        return scale == 1 || !x_BTC.requiresGrad()
                ? x_BTC
                : x_BTC.mul(scale).add(x_BTC.detach().mul(1 - scale));
    }

    /** Convolution, dropout, norm, GELU. */
    private static final class Layer extends Module {
        private final ConvLayer shape;
        private final Parameter weight;
        private final @Nullable Parameter bias;
        private final @Nullable Parameter gain;
        private final @Nullable Parameter shift;
        private final boolean perChannel;
        private final double dropout;

        Layer(ConvLayer shape, int in, AudioConfig config, boolean first) {
            this.shape = shape;
            this.dropout = config.dropout();
            long inputs = (long) in * shape.kernel();
            // He et al. (2015), as the reference begins them.
            this.weight =
                    parameter("weight", new Init.Normal(Math.sqrt(2.0 / inputs)), shape.channels(), in, shape.kernel());
            this.bias = config.bias() ? parameter("bias", Init.Uniform.fanIn(inputs), shape.channels()) : null;
            this.perChannel = config.norm() == ExtractorNorm.GROUP;
            boolean normed = !perChannel || first;
            this.gain = normed ? parameter("norm.weight", Init.ONES, shape.channels()) : null;
            this.shift = normed ? parameter("norm.bias", Init.ZEROS, shape.channels()) : null;
        }

        /** Shortens {@code valid} to what it leaves of each recording. */
        Tensor forward(Tensor x_BTC, long @Nullable [] valid) {
            Tensor y = F.conv1d(x_BTC, weight.value(), bias == null ? null : bias.value(), shape.stride(), 0, 1);
            if (valid != null) {
                Arrays.setAll(valid, i -> shape.outputs(valid[i]));
            }
            y = F.dropout(y, training() ? dropout : 0);
            if (gain == null || shift == null) {
                return F.gelu(y);
            }
            return F.gelu(
                    perChannel
                            ? overTime(y, valid).mul(gain.value()).add(shift.value())
                            : F.layerNorm(y, gain.value(), shift.value(), EPSILON));
        }

        private static Tensor overTime(Tensor y_BTC, long @Nullable [] valid) {
            Tensor y = y_BTC.to(DType.F32);
            return valid == null
                    ? F.instanceNorm(y, EPSILON)
                    : F.instanceNorm(y, EPSILON, Padding.upTo(valid, y.size(1), y.device()));
        }
    }
}
