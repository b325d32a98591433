package org.data2vec4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.RectangleMask;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.data2vec1.Data2Vec1LossConfig;
import org.data2vec4j.model.method.data2vec1.RegressionHeadConfig;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.model.teacher.TeacherPart;
import org.data2vec4j.train.listener.TrainListener;
import org.data2vec4j.train.listener.UpdateReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first 20 losses of tiny models without dropout, whose draws differ between platforms, recorded from this code: a refactoring must reproduce them. Where a change is meant
 * to change them (another law of first values, order of random draws, loss), record them anew and say so in the commit: the failure
 * prints the list.
 */
class GoldenCurveTest {
    private static final double[] LOSSES = {
        5.18900, 5.01905, 4.92150, 4.90253, 4.86179, 5.06536, 5.22010, 4.92139, 4.98457, 4.98961, 4.91933, 4.90662,
        4.83982, 4.76987, 4.81411, 4.89247, 4.97525, 4.87109, 4.94451, 4.97012
    };

    private static final double[] OF_THE_FIRST_DATA2VEC = {
        1.15551, 1.11571, 1.09141, 1.06523, 0.94513, 1.02557, 0.90484, 1.04452, 0.89245, 0.96135, 0.93988, 0.91289,
        0.92799, 0.91764, 0.95728, 0.93605, 0.92257, 0.93265, 0.88574, 0.88523
    };

    @Test
    void theFirstLosses(@TempDir Path folder) {
        assertCurve(new TinyRun(folder).withoutDropout(), LOSSES);
    }

    @Test
    void theFirstLossesOfTheFirstData2vec(@TempDir Path folder) {
        EncoderConfig encoder = new EncoderConfig(
                0,
                2,
                1,
                new BlockConfig(16, 2, 2, NormPlacement.PRE, 1e-6, 0, 0, 0, 0, 0.1),
                new PositionsConfig.None(),
                new AttentionBiasConfig.Relative(3, false),
                0,
                0);
        Data2Vec1Config usual = Data2Vec1Config.images();
        Data2Vec1Config method = new Data2Vec1Config(
                new RectangleMask(0.6, 3, 0.3),
                usual.corruption(),
                RegressionHeadConfig.defaults(),
                new TargetsConfig(
                        2,
                        usual.targets().feature(),
                        usual.targets().each(),
                        usual.targets().average()),
                new TeacherConfig(0.9, 0.99, 5, TeacherPart.BEHIND_FEATURE_ENCODER),
                Data2Vec1LossConfig.smooth(2));
        assertCurve(new TinyRun(folder).method(encoder, method), OF_THE_FIRST_DATA2VEC);
    }

    private static void assertCurve(TinyRun run, double[] expected) {
        List<Double> losses = new ArrayList<>();
        run.updates(20).checkpoints(20, 1).run(() -> false, new TrainListener() {
            @Override
            public void onUpdate(UpdateReport report) {
                losses.add(report.metrics().get(0).value());
            }
        });
        assertThat(losses).hasSize(20);
        for (int i = 0; i < expected.length; i++) {
            assertThat(losses.get(i))
                    .as("update %s of %s", i + 1, losses)
                    .isCloseTo(expected[i], withinPercentage(0.1));
        }
        assertThat(expected).as("%s", losses).hasSize(20);
    }
}
