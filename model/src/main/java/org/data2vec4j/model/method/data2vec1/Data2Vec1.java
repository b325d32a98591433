package org.data2vec4j.model.method.data2vec1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.method.Health;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.Monitor;
import org.data2vec4j.model.method.SslMethod;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.modality.Encoder;
import org.data2vec4j.model.modality.EncoderConfig;
import org.data2vec4j.model.modality.FrontEnd;
import org.data2vec4j.model.modality.Input;
import org.data2vec4j.model.modality.MaskEmbedding;
import org.data2vec4j.model.modality.MaskedView;
import org.data2vec4j.model.nn.Module;
import org.data2vec4j.model.nn.Projection;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.model.teacher.Targets;
import org.data2vec4j.model.teacher.Teacher;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * data2vec (Baevski et al., 2022): the student sees all places, the masked ones replaced, and predicts there what a teacher makes
 * of the whole input. Every masked place counts, in texts too where another word than the mask token stands in it. Shapes: B
 * samples, T positions, N masked in all, D width.
 */
public final class Data2Vec1 implements SslMethod {
    private final Data2Vec1Config config;
    private final long seed;
    private final Encoder student;
    private final @Nullable MaskEmbedding embedding;
    private final @Nullable Projection head;
    private final Weights weights;
    private final Teacher teacher;
    private final Targets targets;

    /**
     * A new model, begun by {@code seed}; its memory belongs to the {@link Scope} open now.
     *
     * @param encoder student and teacher
     * @param frontEnd makes the modality's front end; called twice, for student and teacher
     */
    public Data2Vec1(
            Data2Vec1Config config,
            EncoderConfig encoder,
            Supplier<? extends FrontEnd> frontEnd,
            long seed,
            Device device) {
        config.checkFits(encoder);
        this.config = config;
        this.seed = seed;
        this.student = new Encoder(frontEnd.get(), encoder);
        Map<String, Module> modules =
                new LinkedHashMap<>(config.teacher().part().of(student));
        modules.put("encoder", student);
        this.embedding = config.hiding().build(student.local(), encoder.width());
        if (embedding != null) {
            modules.put("mask", embedding);
        }
        this.head = config.head().build(encoder.width());
        if (head != null) {
            modules.put("head", head);
        }
        this.weights = Weights.allocate(device, modules);
        weights.initialise(seed);
        weights.trainable();
        this.teacher = new Teacher(
                new Encoder(frontEnd.get(), encoder), weights, config.teacher().part(), device);
        this.targets = new Targets(config.targets());
    }

    @Override
    public StepResult forward(Input input, long update, boolean observe) {
        Layout layout = student.local().layout(input);
        MaskBatch masks = MaskBatch.draw(config.mask(), layout, seed, update, input.ids(), 1);
        return forward(input, config.hiding().seen(input, student.local(), masks, seed, update), masks, observe);
    }

    /**
     * {@link #forward(Input, long, boolean)} under given masks.
     *
     * @param seen what the student is given in place of the input; the input itself where an embedding hides what is masked
     * @param masks one row to a sample
     */
    public StepResult forward(Input input, Input seen, MaskBatch masks, boolean observe) {
        if (masks.masked() == 0) {
            throw new UserException("nothing is masked: inputs of one position leave nothing to predict; use longer or"
                    + " larger inputs, or smaller patches");
        }
        Layout layout = masks.layout();
        MaskedView view = MaskedView.of(masks, input.source().device());

        Tensor tokens_BTD = student.local().tokens(seen, layout);
        Tensor hidden_BTD = embedding == null ? tokens_BTD : embedding.hide(tokens_BTD, view);
        Encoder.Output encoded_BTD = student.encode(hidden_BTD, layout);
        Tensor features_ND = view.maskedOf(encoded_BTD.positions());
        Tensor predicted_ND = (head == null ? features_ND : head.forward(features_ND)).to(DType.F32);
        boolean whole = embedding != null && teacher.sharesTokens();
        Tensor targets_BTD = whole ? targets(tokens_BTD, layout) : targets(input);
        Tensor expected_ND = view.maskedOf(targets_BTD);

        LossTerm term = new LossTerm(
                "regression",
                config.loss()
                        .regression()
                        .total(predicted_ND, expected_ND, config.loss().scale()));
        List<Monitor> monitors =
                observe ? monitors(view, expected_ND, predicted_ND, targets_BTD, encoded_BTD) : List.of();
        return new StepResult(List.of(term), predicted_ND.size(0), monitors);
    }

    /** The teacher's targets (B, T, D) for whole inputs. */
    public Tensor targets(Input input) {
        return Grad.off(() -> {
            try (Scope pass = Scope.open()) {
                return pass.keep(
                        targets.of(teacher.forward(input), student.local().layout(input)));
            }
        });
    }

    /** {@link #targets(Input)} from the tokens of whole inputs, which the teacher shares. */
    private Tensor targets(Tensor tokens_BTD, Layout layout) {
        return Grad.off(() -> {
            try (Scope pass = Scope.open()) {
                return pass.keep(targets.of(teacher.encode(tokens_BTD, layout), layout));
            }
        });
    }

    private List<Monitor> monitors(
            MaskedView view, Tensor expected, Tensor predicted, Tensor targets_BTD, Encoder.Output encoded) {
        UnaryOperator<Tensor> shown = x_BTD -> view.visibleRows(view.visibleOfRows(x_BTD));
        return Grad.off(() -> {
            try (Scope pass = Scope.open()) {
                List<Monitor> monitors = new ArrayList<>();
                monitors.add(Health.share(view.masks()));
                monitors.add(new Monitor("target/deviation", Health.deviation(expected)));
                monitors.add(new Monitor("prediction/deviation", Health.deviation(predicted)));
                monitors.addAll(Health.explained(targets_BTD, view.layout()));
                monitors.add(new Monitor("health/target_rank", Health.effectiveRank(expected)));
                monitors.add(
                        new Monitor("health/student_rank", Health.effectiveRank(shown.apply(encoded.positions()))));
                monitors.addAll(Health.stages(encoded, shown));
                return monitors;
            }
        });
    }

    @Override
    public double afterUpdate(long update) {
        double decay = config.teacher().decay(update);
        teacher.update(decay);
        return decay;
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Map<String, Weights> companions() {
        return Map.of("teacher", teacher.weights());
    }

    @Override
    public Map<String, Encoder> encoders() {
        Map<String, Encoder> encoders = new LinkedHashMap<>();
        encoders.put("student", student);
        encoders.put("teacher", teacher.encoder());
        return encoders;
    }

    /** The student's encoder. */
    public Encoder encoder() {
        return student;
    }

    /** The teacher. */
    public Teacher teacher() {
        return teacher;
    }

    @Override
    public void train(boolean on) {
        student.train(on);
        if (head != null) {
            head.train(on);
        }
    }
}
