package org.data2vec4j.model.method.wav2vec2;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.quantizer.Quantized;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.jspecify.annotations.Nullable;

/**
 * The terms beside the contrastive one, multiplied by the number of masked positions so that dividing by it leaves their weights. Where
 * a batch is shared by several processes, they are of the whole batch.
 */
public final class Penalties {
    private Penalties() {}

    /**
     * The terms that are on.
     *
     * @param quantised null where nothing is quantised
     * @param extracted_BTC features as the convolutions give them; padding is left out where it is to be excluded
     * @param context whose counts are those of masked positions
     */
    public static List<LossTerm> of(
            PenaltyConfig config,
            @Nullable Quantized quantised,
            Tensor extracted_BTC,
            Layout layout,
            StepContext context) {
        List<LossTerm> terms = new ArrayList<>();
        BatchStatistics statistics = context.statistics();
        long all = context.batchCount();
        if (config.diversity() > 0 && quantised != null) {
            double codes = (double) quantised.scores_NGV().size(1)
                    * quantised.scores_NGV().size(2);
            Tensor unused =
                    quantised.probabilityPerplexity(statistics).mul(-1 / codes).add(1);
            terms.add(new LossTerm(
                    "diversity", statistics.localShare(unused.mul(config.diversity() * all), context.share())));
        }
        if (config.features() > 0) {
            Tensor square = meanSquare(extracted_BTC, layout, statistics);
            terms.add(new LossTerm(
                    "features", statistics.localShare(square.mul(config.features() * all), context.share())));
        }
        return terms;
    }

    /** The mean square of features, a scalar. */
    private static Tensor meanSquare(Tensor x_BTC, Layout layout, BatchStatistics statistics) {
        Tensor squares_BTC = x_BTC.to(DType.F32).square();
        Tensor valid = Padding.valid(layout, x_BTC.device());
        if (valid == null && !statistics.isDistributed()) {
            return squares_BTC.mean();
        }
        Tensor squares =
                valid == null ? squares_BTC.sum() : squares_BTC.mul(valid).sum();
        Tensor frames = valid == null
                ? Tensors.zeros(DType.F32, x_BTC.device(), 1)
                        .add((double) x_BTC.size(0) * x_BTC.size(1))
                        .sum()
                : valid.sum();
        return statistics
                .sumWithOwnGradient(squares)
                .div(statistics.sum(frames))
                .mul(1.0 / x_BTC.size(2));
    }
}
