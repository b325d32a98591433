package org.data2vec4j.audio.recognition;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.evaluation.finetune.TaskConfig;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.task.EncoderDropsConfig;
import org.data2vec4j.model.task.FreezeConfig;
import org.data2vec4j.model.task.TokenMaskConfig;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.train.run.PretrainConfig;
import org.jspecify.annotations.Nullable;

/**
 * Recognition by letters.
 *
 * @param dropout on the features before the head
 * @param encoderDrops what the encoder drops; null for what it dropped in pre-training
 * @param tokenMask what is hidden in training
 * @param freeze what does not learn
 */
@Kind("ctc")
public record CtcConfig(
        double dropout, @Nullable EncoderDropsConfig encoderDrops, TokenMaskConfig tokenMask, FreezeConfig freeze)
        implements TaskConfig {
    /** Checks the ranges. */
    public CtcConfig {
        Check.inRange("dropout", dropout, 0, 0.99);
    }

    /** The pre-trained encoder as it is trained here. */
    public EncoderConfig encoder(EncoderConfig pretrained) {
        return encoderDrops == null ? pretrained : encoderDrops.in(pretrained);
    }

    /** wav2vec 2.0's for ten hours of transcripts (arXiv 2006.11477, appendix B). */
    public static CtcConfig defaults() {
        return new CtcConfig(0.1, null, new TokenMaskConfig(0.65, 10, 0.256, 64), new FreezeConfig(true, 10_000));
    }

    @Override
    public RecognitionTask open(
            FineTuneConfig config, PretrainConfig pretrain, DType products, Device device, Consumer<String> warnings) {
        return new RecognitionTask(config, this, pretrain, products, device, warnings);
    }

    @Override
    public CtcModel model(
            EncoderConfig encoder, Supplier<FeatureEncoder> features, int outputs, long seed, Device device) {
        return new CtcModel(this, new Encoder(features.get(), encoder), outputs, seed, device);
    }

    @Override
    public String outputs() {
        return RecognitionTask.LETTERS;
    }
}
