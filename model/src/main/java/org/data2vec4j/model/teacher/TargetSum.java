package org.data2vec4j.model.teacher;

import java.util.List;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Training targets made from a teacher's pass over whole inputs, block by block; for one pass. Shapes: B samples, E extra tokens, T
 * positions, D width.
 */
public final class TargetSum implements Block.Visitor {
    private final TargetsConfig config;
    private final EncoderConfig teacher;
    private final @Nullable Tensor valid_BT1;
    private final BatchStatistics statistics;
    private @Nullable Tensor sum_BTD;

    TargetSum(TargetsConfig config, EncoderConfig teacher, @Nullable Tensor valid_BT1, BatchStatistics statistics) {
        this.config = config;
        this.teacher = teacher;
        this.valid_BT1 = valid_BT1;
        this.statistics = statistics;
    }

    @Override
    public void visit(int block, Block.Output output) {
        if (block < teacher.prenet() + teacher.depth() - config.layers()) {
            return;
        }
        Tensor before = sum_BTD;
        sum_BTD = Scope.lean(() -> added(before, output));
        if (before != null) {
            before.free();
        }
    }

    private Tensor added(@Nullable Tensor before, Block.Output output) {
        Tensor feature_BSD =
                config.feature() == TargetsConfig.Feature.FEED_FORWARD ? output.feedForward_BTD() : output.tokens_BTD();
        Tensor x_BTD = Encoder.withoutExtra(feature_BSD, teacher.extraTokens()).to(DType.F32);
        x_BTD = normalised(x_BTD, config.each());
        // Without a norm this is the block's own output, which is freed after the visit: detached, it outlives that.
        return before == null ? x_BTD.detach() : before.add(x_BTD);
    }

    /** The targets (B, T, D) in float32, extra tokens left out. */
    public Tensor targets() {
        if (sum_BTD == null) {
            throw new IllegalStateException("the teacher has no blocks");
        }
        return normalised(sum_BTD.mul(1.0 / config.layers()), config.average());
    }

    private Tensor normalised(Tensor x_BTD, List<TargetNormalization> steps) {
        Tensor y = x_BTD;
        for (TargetNormalization step : steps) {
            y = step.apply(y, valid_BT1, statistics);
        }
        return y;
    }
}
