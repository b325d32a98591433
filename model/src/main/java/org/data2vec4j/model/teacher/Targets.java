package org.data2vec4j.model.teacher;

import java.util.List;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.jspecify.annotations.Nullable;

/** Makes training targets from a teacher's pass over whole inputs. Shapes: B samples, T positions, D width. */
public final class Targets {
    private final TargetsConfig config;

    /** Targets by these settings. */
    public Targets(TargetsConfig config) {
        this.config = config;
    }

    /**
     * The targets (B, T, D) in float32, extra tokens left out.
     *
     * @param layout of the inputs: padding that is to be excluded enters no normalisation
     * @param statistics over the shares of all processes
     */
    public Tensor of(Encoder.Output teacher, Layout layout, BatchStatistics statistics) {
        Tensor valid = Padding.valid(layout, teacher.features_BTD().device());
        List<Block.Output> blocks = teacher.blocks();
        List<Block.Output> last = blocks.subList(blocks.size() - config.layers(), blocks.size());
        Tensor sum_BTD = null;
        for (Block.Output block : last) {
            Tensor feature = config.feature() == TargetsConfig.Feature.FEED_FORWARD
                    ? block.feedForward_BTD()
                    : block.tokens_BTD();
            Tensor x_BTD = Encoder.withoutExtra(feature, teacher.extraTokens()).to(DType.F32);
            x_BTD = normalised(x_BTD, config.each(), valid, statistics);
            sum_BTD = sum_BTD == null ? x_BTD : sum_BTD.add(x_BTD);
        }
        if (sum_BTD == null) {
            throw new IllegalStateException("the teacher has no blocks");
        }
        return normalised(sum_BTD.mul(1.0 / config.layers()), config.average(), valid, statistics);
    }

    private static Tensor normalised(
            Tensor x_BTD, List<TargetNormalization> steps, @Nullable Tensor valid_BT1, BatchStatistics statistics) {
        Tensor y = x_BTD;
        for (TargetNormalization step : steps) {
            y = step.apply(y, valid_BT1, statistics);
        }
        return y;
    }
}
