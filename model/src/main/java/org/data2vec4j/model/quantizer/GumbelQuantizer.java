package org.data2vec4j.model.quantizer;

import org.data2vec4j.model.nn.Init;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Parameter;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Product quantisation by a hard choice whose gradient is that of the Gumbel softmax (wav2vec 2.0, arXiv 2006.11477, section 2,
 * "quantization module"; Jang et al., 2017). Shapes: N positions, C features in, G codebooks, V entries, d features of an entry,
 * D = G·d.
 */
public final class GumbelQuantizer extends Module {
    private final QuantizerConfig config;
    private final Linear scores;
    private final Parameter codes;

    /** A quantiser of features of {@code inputs} channels. */
    public GumbelQuantizer(QuantizerConfig config, int inputs) {
        this.config = config;
        this.scores = child("scores", Linear.normal(inputs, config.codes(), 1));
        this.codes =
                parameter("codes", new Init.Between(0, 1), config.codes(), (long) config.width() / config.groups());
    }

    /** What it was built from. */
    public QuantizerConfig config() {
        return config;
    }

    /**
     * Quantises positions.
     *
     * @param x_NC features
     * @param noise what makes the choice random; null for the entries of highest score, which pass no gradient to the scores
     */
    public Quantized forward(Tensor x_NC, @Nullable GumbelNoise noise) {
        Tensor scores_NGV = scores.forward(x_NC).to(DType.F32).view(-1, config.groups(), config.entries());
        if (noise == null) {
            Tensor best_NG = scores_NGV.detach().topK(1).indices().select(2, 0);
            return new Quantized(words(oneHot(best_NG)), best_NG, scores_NGV);
        }
        Tensor noise_NGV = Tensors.of(noise.values(), scores_NGV.shape()).to(x_NC.device());
        Tensor noisy_NGV = scores_NGV.add(noise_NGV);
        Tensor chosen_NG = noisy_NGV.detach().topK(1).indices().select(2, 0);
        Tensor soft_NGV = noisy_NGV.mul(1 / noise.temperature()).softmax(-1);
        // The hard choice forwards, the soft one's gradient backwards.
        Tensor choice_NGV = oneHot(chosen_NG).add(soft_NGV.sub(soft_NGV.detach()));
        return new Quantized(words(choice_NGV), chosen_NG, scores_NGV);
    }

    /** (N, G, V): 1 at the chosen entries. */
    private Tensor oneHot(Tensor chosen_NG) {
        Device device = chosen_NG.device();
        long rows = chosen_NG.numel();
        long[] starts = new long[(int) rows];
        float[] ones = new float[(int) rows];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = (long) i * config.entries();
            ones[i] = 1;
        }
        Tensor places = Tensors.of(starts, rows).to(device).add(chosen_NG.reshape(-1));
        return Tensors.zeros(DType.F32, device, rows * config.entries())
                .indexCopy(0, places, Tensors.of(ones, rows).to(device))
                .view(-1, config.groups(), config.entries());
    }

    /** (N, G, V) choices to (N, D) code words. */
    private Tensor words(Tensor choice_NGV) {
        Tensor codes_GVd = codes.value().view(config.groups(), config.entries(), -1);
        return choice_NGV.transpose(0, 1).matmul(codes_GVd).transpose(0, 1).reshape(-1, config.width());
    }
}
