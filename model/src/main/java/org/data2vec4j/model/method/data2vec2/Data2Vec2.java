package org.data2vec4j.model.method.data2vec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.data2vec4j.model.decoder.Decoder;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskIndices;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.Diagnostic;
import org.data2vec4j.model.method.DrawnBatch;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.RegressionDiagnostics;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.method.TeacherStudent;
import org.data2vec4j.model.method.TeacherStudentMethod;
import org.data2vec4j.model.nn.Linear;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * data2vec 2.0 (Baevski et al., 2022): the student encodes the visible tokens of M masked clones, a decoder predicts the masked
 * places, and the targets come from one teacher pass over the whole input. Shapes: B samples, M clones, R = B·M, T positions, V
 * visible, N masked in all, D width.
 */
public final class Data2Vec2 implements TeacherStudentMethod {
    private final Data2Vec2Config config;
    private final long seed;
    private final Encoder student;
    private final Decoder decoder;
    private final @Nullable Linear reconstruction;
    private final TeacherStudent teacherStudent;
    private final RegressionTerms terms;

    /**
     * A new model, begun by {@code seed}; its memory belongs to the {@link Scope} open now.
     *
     * @param encoder student and teacher
     * @param featureEncoder makes the modality's feature encoder; called twice, for student and teacher
     */
    public Data2Vec2(
            Data2Vec2Config config,
            EncoderConfig encoder,
            Supplier<? extends FeatureEncoder> featureEncoder,
            long seed,
            Device device) {
        config.checkFits(encoder);
        this.config = config;
        this.seed = seed;
        this.student = new Encoder(featureEncoder.get(), encoder);
        this.decoder = config.decoder()
                .build(student.config().width(), student.featureEncoder().axes());
        Map<String, Module> beside = new LinkedHashMap<>();
        beside.put("decoder", decoder);
        this.reconstruction = config.loss().reconstruction() == 0
                ? null
                : Linear.standard(
                        student.config().width(), student.featureEncoder().patchSize());
        if (reconstruction != null) {
            beside.put("reconstruction", reconstruction);
        }
        this.teacherStudent = new TeacherStudent(
                student,
                new Encoder(featureEncoder.get(), encoder),
                beside,
                config.teacher(),
                config.targets(),
                seed,
                device);
        this.terms = new RegressionTerms(config.loss());
    }

    @Override
    public DrawnBatch draw(Input input, long update) {
        Layout layout = student.featureEncoder().layout(input);
        MaskBatch masks = MaskBatch.draw(config.mask(), layout, seed, update, input.ids(), config.clones());
        return DrawnBatch.masked(
                masks,
                "inputs of one position leave nothing to predict; use longer or larger inputs, or smaller patches",
                context -> forward(input, masks, context));
    }

    /** The losses under given masks, sample by sample, clones adjacent. */
    public StepResult forward(Input input, MaskBatch masks, StepContext context) {
        MaskIndices view = MaskIndices.of(masks, input.source().device());

        Tensor tokens_BTD = student.featureEncoder().tokens(input, masks.layout());
        Encoder.Output encoded_RVD = student.encodeVisible(tokens_BTD, view);
        Tensor predicted_ND = decoder.forward(encoded_RVD.positions(), view).to(DType.F32);
        Tensor targets_BTD = teacherStudent.targets(input, tokens_BTD, masks.layout(), context.statistics());
        Tensor expected_ND = view.maskedOf(targets_BTD);

        List<LossTerm> losses = new ArrayList<>();
        losses.add(terms.regression(predicted_ND, expected_ND));
        if (config.loss().cls() > 0) {
            losses.add(terms.cls(encoded_RVD.cls(), targets_BTD, masks.clones(), context.batchCount()));
        }
        if (config.loss().spread() > 0) {
            losses.add(terms.spread(encoded_RVD, view, context));
        }
        double weight = config.loss().reconstructionAt(context.update());
        if (reconstruction != null && weight > 0) {
            Tensor patches_NP = reconstruction.forward(predicted_ND).to(DType.F32);
            losses.add(terms.reconstruction(
                    patches_NP, view.maskedOf(student.featureEncoder().patches(input.source())), weight));
        }
        List<Diagnostic> diagnostics = context.diagnose()
                ? RegressionDiagnostics.of(
                        view,
                        expected_ND,
                        predicted_ND,
                        targets_BTD,
                        encoded_RVD,
                        view::visibleRows,
                        context.statistics())
                : List.of();
        return context.result(losses, diagnostics);
    }

    /** The student over the visible tokens of every clone; the feature encoder runs once per sample. */
    public Encoder.Output encodeVisible(Input input, MaskIndices view) {
        return student.encodeVisible(student.featureEncoder().tokens(input, view.layout()), view);
    }

    @Override
    public TeacherStudent teacherStudent() {
        return teacherStudent;
    }

    /** The decoder. */
    public Decoder decoder() {
        return decoder;
    }

    @Override
    public void train(boolean on) {
        student.train(on);
        decoder.train(on);
    }
}
