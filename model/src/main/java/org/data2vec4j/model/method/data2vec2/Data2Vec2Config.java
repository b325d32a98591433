package org.data2vec4j.model.method.data2vec2;

import java.util.List;
import java.util.function.Supplier;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.SettingException;
import org.data2vec4j.model.decoder.DecoderConfig;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.mask.MaskStrategy;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.teacher.TargetsConfig;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.data2vec4j.tensor.Device;

/**
 * data2vec 2.0.
 *
 * @param clones masked versions of each sample that share one teacher pass (M)
 * @param mask which places are masked
 * @param decoder what predicts masked places
 * @param targets how targets are made of the teacher's blocks
 * @param teacher what the teacher averages, and its decay
 * @param loss the loss
 */
@Kind("data2vec2")
public record Data2Vec2Config(
        int clones,
        MaskStrategy mask,
        DecoderConfig decoder,
        TargetsConfig targets,
        TeacherConfig teacher,
        Data2Vec2LossConfig loss)
        implements MethodConfig {
    /** Checks the ranges. */
    public Data2Vec2Config {
        Check.inRange("clones", clones, 1, 1024);
    }

    @Override
    public String title() {
        return "data2vec 2.0";
    }

    @Override
    public List<String> savedEncoders() {
        return List.of(STUDENT, TEACHER);
    }

    @Override
    public Data2Vec2 build(
            EncoderConfig encoder, Supplier<? extends FeatureEncoder> featureEncoder, long seed, Device device) {
        return new Data2Vec2(this, encoder, featureEncoder, seed, device);
    }

    @Override
    public void checkFits(EncoderConfig encoder) {
        Check.within("targets", () -> targets.checkFits(encoder));
        Check.within("decoder", () -> decoder.checkFits(encoder.width()));
        if (loss.cls() > 0 && encoder.extraTokens() == 0) {
            throw new SettingException(
                    "loss.cls", "is " + loss.cls() + " but model.extra_tokens is 0; the CLS loss needs an extra token");
        }
    }
}
