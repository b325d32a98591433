package org.data2vec4j.model.method.aqc;

import java.util.List;
import java.util.function.Supplier;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.ContinuousFeatureEncoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.InputAugmentation;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.data2vec1.Data2Vec1LossConfig;
import org.data2vec4j.model.method.data2vec1.RegressionHeadConfig;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.tensor.Device;

/**
 * data2vec-aqc: data2vec 1 on two forms of each recording, with cross-contrastive losses.
 *
 * @param mask which places are masked, in both forms
 * @param augment how the student's form is changed, one change after the other; none: A switched off
 * @param head what makes predictions of the student's features
 * @param targets how targets are made of the teacher's blocks
 * @param teacher what the teacher averages, and its decay
 * @param loss the regression's
 * @param contrast the contrastive losses
 */
@Kind("aqc")
public record AqcConfig(
        MaskStrategy mask,
        List<InputAugmentation> augment,
        RegressionHeadConfig head,
        TargetsConfig targets,
        TeacherConfig teacher,
        Data2Vec1LossConfig loss,
        CrossConfig contrast)
        implements MethodConfig {
    /** Copies the list. */
    public AqcConfig {
        augment = List.copyOf(augment);
    }

    /** The published settings, without augmentations: which there are depends on the modality, so a recipe lists them. */
    public static AqcConfig defaults() {
        Data2Vec1Config speech = Data2Vec1Config.speech();
        return new AqcConfig(
                speech.mask(),
                List.of(),
                speech.head(),
                speech.targets(),
                speech.teacher(),
                speech.loss(),
                CrossConfig.defaults());
    }

    /** The same with these augmentations. */
    public AqcConfig withAugment(List<? extends InputAugmentation> other) {
        return new AqcConfig(mask, List.copyOf(other), head, targets, teacher, loss, contrast);
    }

    @Override
    public String title() {
        return "data2vec-aqc";
    }

    @Override
    public List<String> savedEncoders() {
        return List.of(STUDENT, TEACHER);
    }

    @Override
    public void checkFits(EncoderConfig encoder) {
        Check.within("targets", () -> targets.checkFits(encoder));
    }

    /** Needs the continuous features that sounds have. */
    @Override
    public void checkFits(FeatureEncoder featureEncoder) {
        continuous(featureEncoder);
    }

    static ContinuousFeatureEncoder continuous(FeatureEncoder featureEncoder) {
        if (featureEncoder instanceof ContinuousFeatureEncoder continuous) {
            return continuous;
        }
        throw new UserException("aqc changes the sound of recordings; for other data choose another method");
    }

    @Override
    public Aqc build(
            EncoderConfig encoder, Supplier<? extends FeatureEncoder> featureEncoder, long seed, Device device) {
        return new Aqc(this, encoder, featureEncoder, seed, device);
    }
}
