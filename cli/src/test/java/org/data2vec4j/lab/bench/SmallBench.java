package org.data2vec4j.lab.bench;

import org.data2vec4j.image.ImageModality;
import org.data2vec4j.model.decoder.ConvDecoderConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.mask.InverseBlockMask;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.TrainConfig;
import org.data2vec4j.train.run.PretrainConfig;

/** The bench {@code image} with everything small: 2 images of 8×8 in patches of 4, 3 clones, width 8, 1 + 1 blocks. */
final class SmallBench {
    static final Bench BENCH = new Bench("small", SmallBench::config);

    private SmallBench() {}

    static PretrainConfig config(Precision precision, int threads, long updates) {
        PretrainConfig image = BenchImage.config(precision, threads, updates);
        Data2Vec2Config method = (Data2Vec2Config) image.method();
        return new PretrainConfig(
                image.seed(),
                precision,
                "cpu",
                image.data(),
                image.run(),
                ImageModality.of(8, 4),
                new EncoderConfig(1, 1, 1, BlockConfig.of(8, 2)),
                new Data2Vec2Config(
                        3,
                        new InverseBlockMask(0.5, 1, 0),
                        ConvDecoderConfig.of(8, 2, 3, 2),
                        TargetsConfig.image(1),
                        method.teacher(),
                        method.loss()),
                image.optimizer(),
                image.schedule(),
                new TrainConfig(updates, 2, 1, threads, 1, 4, 1, 1),
                image.checkpoint(),
                image.guard(),
                image.evaluate());
    }
}
