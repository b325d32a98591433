package org.data2vec4j.model.task.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.model.encoder.Padding;
import org.data2vec4j.model.encoder.TargetLabels;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.method.DrawnBatch;
import org.data2vec4j.model.method.LossTerm;
import org.data2vec4j.model.method.StepContext;
import org.data2vec4j.model.method.StepResult;
import org.data2vec4j.model.nn.Block;
import org.data2vec4j.model.nn.Weights;
import org.data2vec4j.model.task.TaskModel;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * An encoder with a head over whole inputs: cross-entropy over classes or shares of classes, squared error for numbers. Shapes: B
 * samples, C classes (1 for a number).
 */
public final class ClassifierModel extends TaskModel {
    private final ClassifierConfig config;
    private final Head head;
    private final int outputs;
    private final @Nullable ClassifierModel average;

    /**
     * A model.
     *
     * @param encoder makes an encoder without a place yet; called again for the average of the weights, where there is one
     * @param outputs classes, or 1 to predict a number
     */
    public ClassifierModel(ClassifierConfig config, Supplier<Encoder> encoder, int outputs, long seed, Device device) {
        this(
                config,
                encoder.get(),
                outputs,
                seed,
                device,
                config.average() == 0 ? null : new ClassifierModel(config, encoder.get(), outputs, seed, device, null));
    }

    private ClassifierModel(
            ClassifierConfig config,
            Encoder encoder,
            int outputs,
            long seed,
            Device device,
            @Nullable ClassifierModel average) {
        this(config, encoder, config.head().build(encoder.config().width(), outputs), outputs, seed, device, average);
    }

    private ClassifierModel(
            ClassifierConfig config,
            Encoder encoder,
            Head head,
            int outputs,
            long seed,
            Device device,
            @Nullable ClassifierModel average) {
        super(encoder, config.tokenMask(), config.freeze(), head, config.layerDecay(), seed, device);
        this.config = config;
        this.head = head;
        this.outputs = outputs;
        this.average = average;
        if (average != null) {
            average.train(false);
        }
    }

    /** Moves the average towards the weights; at the first update it becomes them, and soon after it moves faster than later. */
    @Override
    public OptionalDouble afterUpdate(long update) {
        if (average == null) {
            return OptionalDouble.empty();
        }
        double decay = update == 0 ? 0 : Math.min(config.average(), (1.0 + update) / (10.0 + update));
        Grad.noGrad(() -> {
            average.weights().values().lerp_(weights().values().detach(), 1 - decay);
        });
        return OptionalDouble.of(decay);
    }

    @Override
    public Map<String, Weights> frozenWeights() {
        return average == null ? Map.of() : Map.of("average", average.weights());
    }

    @Override
    public DrawnBatch draw(Input input, long update) {
        TargetLabels labels = input.labels();
        if (labels == null) {
            throw new IllegalArgumentException("a batch without labels cannot be learned from");
        }
        return new DrawnBatch(labels.samples(), context -> forward(input, labels, context));
    }

    private StepResult forward(Input input, TargetLabels labels, StepContext context) {
        Layout layout = encoder().featureEncoder().layout(input);
        Tensor scores_BC = head.forward(
                encode(input, layout, context.update()),
                Padding.input(layout, input.source().device()));
        LossTerm term = labels instanceof TargetLabels.Values values
                ? new LossTerm("squared_error", squaredError(scores_BC, values))
                : new LossTerm("cross_entropy", crossEntropy(scores_BC, shares(labels)));
        return context.result(List.of(term), List.of());
    }

    private static Tensor squaredError(Tensor scores_B1, TargetLabels.Values labels) {
        Tensor expected_B1 = Tensors.of(labels.values(), labels.samples(), 1).to(scores_B1.device());
        return F.squaredError(scores_B1, expected_B1).sum();
    }

    private Tensor crossEntropy(Tensor scores_BC, float[] shares) {
        Tensor expected_BC = Tensors.of(shares, scores_BC.size(0), outputs).to(scores_BC.device());
        return F.logSoftmax(scores_BC).mul(expected_BC).sum().mul(-1);
    }

    /** (B·C): how much of each sample belongs to each class, smoothed. */
    private float[] shares(TargetLabels labels) {
        float[] shares = new float[labels.samples() * outputs];
        for (int i = 0; i < shares.length; i++) {
            double share;
            if (labels instanceof TargetLabels.Classes known) {
                share = known.classes()[i / outputs] == i % outputs ? 1 : 0;
            } else if (labels instanceof TargetLabels.Shares mixed) {
                share = mixed.shares()[i];
            } else {
                throw new IllegalArgumentException("labels of a classifier are classes, shares of them, or numbers");
            }
            shares[i] = (float) (share * (1 - config.labelSmoothing()) + config.labelSmoothing() / outputs);
        }
        return shares;
    }

    /** Log-probabilities of the classes (B, C), or the predicted numbers (B, 1); nothing hidden or recorded; the average's, where there is one. */
    public Tensor predict(Input input) {
        return predicting().own(input);
    }

    /** What predicts: the average of the weights as a model of its own, or this where there is none. */
    public ClassifierModel predicting() {
        return average == null ? this : average;
    }

    private Tensor own(Input input) {
        return Grad.noGrad(() -> {
            try (Scope pass = Scope.open()) {
                List<Tensor> scores = new ArrayList<>();
                for (Input slice : encoder().slices(input)) {
                    scores.add(Scope.lean(() -> slice(slice)));
                }
                return pass.keep(scores.size() == 1 ? scores.get(0) : Tensors.cat(scores, 0));
            }
        });
    }

    private Tensor slice(Input input) {
        Layout layout = encoder().featureEncoder().layout(input);
        Tensor features_BSD = encoder().forward(input, Block.Visitor.NONE);
        Encoder.Output output = new Encoder.Output(
                List.of(), List.of(), features_BSD, encoder().config().extraTokens());
        Tensor scores_BC =
                head.forward(output, Padding.input(layout, input.source().device()));
        return outputs == 1 ? scores_BC : F.logSoftmax(scores_BC);
    }
}
