package org.data2vec4j.lab.bench;

import java.util.List;
import org.data2vec4j.audio.data.augment.WaveChange;
import org.data2vec4j.model.contrast.ContrastConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.aqc.AqcConfig;
import org.data2vec4j.model.method.aqc.CrossConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.model.quantizer.QuantizerConfig;
import org.data2vec4j.model.quantizer.TemperatureConfig;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.run.PretrainConfig;

/** Other methods on the recordings of {@link BenchAudio}: the published settings, but for numbers of blocks. They never change. */
final class BenchAudioMethods {
    /** The benches. */
    static final List<Bench> ALL = List.of(
            new Bench("data2vec1-audio", BenchAudioMethods::data2vec1),
            new Bench("aqc-audio", BenchAudioMethods::aqc),
            new Bench("wav2vec2-audio", BenchAudioMethods::wav2vec2));

    private static final int TARGETS = 4; // as in the bench audio

    private BenchAudioMethods() {}

    private static PretrainConfig data2vec1(Precision precision, int threads, long updates) {
        Data2Vec1Config published = Data2Vec1Config.speech();
        return with(
                BenchAudio.config(precision, threads, updates),
                PositionsConfig.Conv.defaults(),
                new Data2Vec1Config(
                        published.mask(),
                        published.corruption(),
                        published.head(),
                        targets(published.targets()),
                        published.teacher(),
                        published.loss()));
    }

    private static PretrainConfig aqc(Precision precision, int threads, long updates) {
        AqcConfig published = AqcConfig.defaults().withAugment(WaveChange.published("synthetic"));
        CrossConfig contrast = published.contrast();
        return with(
                BenchAudio.config(precision, threads, updates),
                PositionsConfig.Conv.defaults(),
                new AqcConfig(
                        published.mask(),
                        published.augment(),
                        published.head(),
                        targets(published.targets()),
                        published.teacher(),
                        published.loss(),
                        contrast));
    }

    private static PretrainConfig wav2vec2(Precision precision, int threads, long updates) {
        Wav2Vec2Config published = Wav2Vec2Config.defaults();
        return with(
                BenchAudio.config(precision, threads, updates),
                PositionsConfig.WeightNormConv.defaults(),
                new Wav2Vec2Config(
                        published.mask(),
                        new QuantizerConfig(2, 320, 256, TemperatureConfig.defaults()),
                        new ContrastConfig(100, 0.1, 256),
                        published.penalty(),
                        0));
    }

    private static TargetsConfig targets(TargetsConfig published) {
        return new TargetsConfig(TARGETS, published.feature(), published.each(), published.average());
    }

    private static PretrainConfig with(PretrainConfig base, PositionsConfig positions, MethodConfig method) {
        return BenchBase.with(
                base,
                base.modality(),
                new EncoderConfig(
                        0,
                        BenchBase.blocks(base),
                        0,
                        BenchBase.block(base, NormPlacement.POST, 0),
                        positions,
                        new AttentionBiasConfig.None(),
                        0,
                        0),
                method);
    }
}
