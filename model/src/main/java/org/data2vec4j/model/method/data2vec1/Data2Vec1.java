package org.data2vec4j.model.method.data2vec1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.FeatureEncoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.MaskEmbedding;
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
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Projection;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * data2vec (Baevski et al., 2022): the student sees all places, the masked ones replaced, and predicts there what a teacher makes
 * of the whole input. Every masked place counts, in texts too where another word than the mask token stands in it. Shapes: B
 * samples, T positions, N masked in all, D width.
 */
public final class Data2Vec1 implements TeacherStudentMethod {
    private final Data2Vec1Config config;
    private final long seed;
    private final Encoder student;
    private final @Nullable MaskEmbedding embedding;
    private final @Nullable Projection head;
    private final TeacherStudent teacherStudent;

    /**
     * A new model, begun by {@code seed}; its memory belongs to the {@link Scope} open now.
     *
     * @param encoder student and teacher
     * @param featureEncoder makes the modality's feature encoder; called twice, for student and teacher
     */
    public Data2Vec1(
            Data2Vec1Config config,
            EncoderConfig encoder,
            Supplier<? extends FeatureEncoder> featureEncoder,
            long seed,
            Device device) {
        config.checkFits(encoder);
        this.config = config;
        this.seed = seed;
        this.student = new Encoder(featureEncoder.get(), encoder);
        Map<String, Module> beside = new LinkedHashMap<>();
        this.embedding = config.corruption().build(student.featureEncoder(), encoder.width());
        if (embedding != null) {
            beside.put("mask", embedding);
        }
        this.head = config.head().build(encoder.width());
        if (head != null) {
            beside.put("head", head);
        }
        this.teacherStudent = new TeacherStudent(
                student,
                new Encoder(featureEncoder.get(), encoder),
                beside,
                config.teacher(),
                config.targets(),
                seed,
                device);
    }

    @Override
    public DrawnBatch draw(Input input, long update) {
        Layout layout = student.featureEncoder().layout(input);
        MaskBatch masks = MaskBatch.draw(config.mask(), layout, seed, update, input.ids(), 1);
        return DrawnBatch.masked(
                masks,
                "inputs of one position leave nothing to predict; use longer or larger inputs, or smaller patches",
                context -> forward(
                        input,
                        config.corruption().corrupt(input, student.featureEncoder(), masks, seed, update),
                        masks,
                        context));
    }

    /**
     * The losses under given masks.
     *
     * @param seen what the student is given in place of the input; the input itself where an embedding hides what is masked
     * @param masks one row to a sample
     */
    public StepResult forward(Input input, Input seen, MaskBatch masks, StepContext context) {
        Layout layout = masks.layout();
        MaskIndices view = MaskIndices.of(masks, input.source().device());

        Tensor tokens_BTD = student.featureEncoder().tokens(seen, layout);
        Tensor hidden_BTD = embedding == null ? tokens_BTD : embedding.hide(tokens_BTD, view);
        Encoder.Output encoded_BTD = student.encode(hidden_BTD, layout);
        Tensor features_ND = view.maskedOf(encoded_BTD.positions());
        Tensor predicted_ND = (head == null ? features_ND : head.forward(features_ND)).to(DType.F32);
        Tensor targets_BTD = embedding == null
                ? teacherStudent.targets(input, context.statistics())
                : teacherStudent.targets(input, tokens_BTD, layout, context.statistics());
        Tensor expected_ND = view.maskedOf(targets_BTD);

        LossTerm term = new LossTerm(
                "regression",
                config.loss()
                        .regression()
                        .total(predicted_ND, expected_ND, config.loss().scale()));
        List<Diagnostic> diagnostics = context.diagnose()
                ? RegressionDiagnostics.of(
                        view,
                        expected_ND,
                        predicted_ND,
                        targets_BTD,
                        encoded_BTD,
                        view::shownRows,
                        context.statistics())
                : List.of();
        return context.result(List.of(term), diagnostics);
    }

    @Override
    public TeacherStudent teacherStudent() {
        return teacherStudent;
    }

    @Override
    public void train(boolean on) {
        student.train(on);
        if (head != null) {
            head.train(on);
        }
    }
}
