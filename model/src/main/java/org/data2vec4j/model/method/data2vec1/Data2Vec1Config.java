package org.data2vec4j.model.method.data2vec1;

import java.util.List;
import java.util.function.Supplier;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.loss.RegressionLoss;
import org.data2vec4j.model.mask.BlockMask;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.model.mask.RectangleMask;
import org.data2vec4j.model.mask.TokenReplacementConfig;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.teacher.TargetNormalization;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TargetsConfig.Feature;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.model.teacher.TeacherPart;
import org.data2vec4j.tensor.Device;

/**
 * data2vec 1.
 *
 * @param mask which places are masked
 * @param corruption what the student sees there
 * @param head what makes predictions of its features
 * @param targets how targets are made of the teacher's blocks
 * @param teacher what the teacher averages, and its decay
 * @param loss the loss
 */
@Kind("data2vec1")
public record Data2Vec1Config(
        MaskStrategy mask,
        CorruptionConfig corruption,
        RegressionHeadConfig head,
        TargetsConfig targets,
        TeacherConfig teacher,
        Data2Vec1LossConfig loss)
        implements MethodConfig {
    /** The published settings of speech (section 4.2): spans of ten over half of the places. */
    public static Data2Vec1Config speech() {
        return new Data2Vec1Config(
                new BlockMask(0.49, 10, 0.16),
                new CorruptionConfig.Embedding(),
                RegressionHeadConfig.of(1),
                new TargetsConfig(8, Feature.FEED_FORWARD, List.of(TargetNormalization.INSTANCE_NORM), List.of()),
                new TeacherConfig(0.999, 0.9999, 30_000, TeacherPart.BEHIND_POSITIONS),
                Data2Vec1LossConfig.defaults());
    }

    /** The published settings of images at 768 features (section 4.1; the released code, whose loss is a mean over features). */
    public static Data2Vec1Config images() {
        return new Data2Vec1Config(
                RectangleMask.defaults(),
                new CorruptionConfig.Embedding(),
                RegressionHeadConfig.of(1),
                new TargetsConfig(
                        6,
                        Feature.BLOCK_OUTPUT,
                        List.of(TargetNormalization.LAYER_NORM),
                        List.of(TargetNormalization.LAYER_NORM)),
                new TeacherConfig(0.9998, 0.9998, 0, TeacherPart.ENCODER),
                new Data2Vec1LossConfig(new RegressionLoss.SmoothL1(2), 1.0 / 768));
    }

    /** The published settings of texts (section 4.3). */
    public static Data2Vec1Config texts() {
        return new Data2Vec1Config(
                new RandomMask(0.15),
                new CorruptionConfig.Tokens(TokenReplacementConfig.defaults()),
                RegressionHeadConfig.of(2),
                new TargetsConfig(10, Feature.FEED_FORWARD, List.of(), List.of(TargetNormalization.LAYER_NORM)),
                new TeacherConfig(0.999, 0.9999, 100_000, TeacherPart.BLOCKS),
                Data2Vec1LossConfig.smooth(4));
    }

    @Override
    public String title() {
        return "data2vec";
    }

    @Override
    public List<String> savedEncoders() {
        return List.of(STUDENT, TEACHER);
    }

    /** Checks what the corruption needs: token numbers exist for texts only. */
    @Override
    public void checkFits(FeatureEncoder featureEncoder) {
        corruption.checkFits(featureEncoder);
    }

    @Override
    public void checkFits(EncoderConfig encoder) {
        Check.within("targets", () -> targets.checkFits(encoder));
        corruption.checkFits(encoder);
    }

    @Override
    public Data2Vec1 build(
            EncoderConfig encoder, Supplier<? extends FeatureEncoder> featureEncoder, long seed, Device device) {
        return new Data2Vec1(this, encoder, featureEncoder, seed, device);
    }
}
