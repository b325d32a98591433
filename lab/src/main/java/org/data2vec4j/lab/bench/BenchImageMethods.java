package org.data2vec4j.lab.bench;

import java.util.List;
import org.data2vec4j.image.ImageModality;
import org.data2vec4j.image.model.ImagePositions;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.mask.RectangleMask;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.mae.MaeConfig;
import org.data2vec4j.model.method.mae.MaeDecoderConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.run.PretrainConfig;

/** Other methods on the images of {@link BenchImage}. Their numbers never change. */
final class BenchImageMethods {
    /** The benches. */
    static final List<Bench> ALL = List.of(
            new Bench("data2vec1-image", BenchImageMethods::data2vec1), new Bench("mae-image", BenchImageMethods::mae));

    private static final int REACH = 7; // all distances on 8×8 patches
    private static final int DECODER = 128;
    private static final int DECODER_DEPTH = 8;
    private static final int DECODER_HEADS = 4;

    private BenchImageMethods() {}

    private static PretrainConfig data2vec1(Precision precision, int threads, long updates) {
        PretrainConfig base = BenchImage.config(precision, threads, updates);
        ImageModality images = ImageModality.of(BenchImage.Size.BENCH.side(), BenchImage.PATCH);
        Data2Vec1Config published = Data2Vec1Config.images();
        return BenchBase.with(
                base,
                new ImageModality(
                        images.size(),
                        images.channels(),
                        images.patch(),
                        images.augmentation(),
                        images.normalization(),
                        images.exifOrientation(),
                        ImagePositions.NONE),
                new EncoderConfig(
                        0,
                        BenchBase.blocks(base),
                        base.model().extraTokens(),
                        BenchBase.block(base, NormPlacement.PRE, 1e-4),
                        new PositionsConfig.None(),
                        new AttentionBiasConfig.Relative(REACH, false),
                        0,
                        0),
                new Data2Vec1Config(
                        new RectangleMask(0.6, 5, 0.3), // of 8×8 patches, not of 14×14
                        published.corruption(),
                        published.head(),
                        published.targets(),
                        published.teacher(),
                        published.loss()));
    }

    /** The published decoder's depth at two thirds of the encoder's width, as published. */
    private static PretrainConfig mae(Precision precision, int threads, long updates) {
        PretrainConfig base = BenchImage.config(precision, threads, updates);
        return BenchBase.with(
                base,
                base.modality(),
                new EncoderConfig(
                        0,
                        BenchBase.blocks(base),
                        base.model().extraTokens(),
                        BenchBase.block(base, NormPlacement.PRE, 0)),
                new MaeConfig(
                        1, new RandomMask(0.75), new MaeDecoderConfig(DECODER, DECODER_DEPTH, DECODER_HEADS), true));
    }
}
