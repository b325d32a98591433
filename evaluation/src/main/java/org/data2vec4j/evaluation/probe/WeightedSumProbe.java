package org.data2vec4j.evaluation.probe;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Grad;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * A linear classifier on a learned weighted sum of all layers' features, as SUPERB measures speech encoders (Yang et al., 2021, section
 * 3): softmax weights over layers and one linear layer, trained together by gradient descent on all training data at once. Shapes: L
 * layers, N recordings, D features, C classes.
 */
public final class WeightedSumProbe {
    private static final int STEPS = 400;
    private static final double RATE = 0.02;
    private static final double DECAY = 1e-3;

    private WeightedSumProbe() {}

    /** Accuracy on the test layers, and the weight that each layer got. */
    public record Result(Score score, List<Double> weights) {}

    /**
     * Fits on some recordings' layers and classifies others'.
     *
     * @param train each layer's features of the training recordings
     * @param test each layer's features of the test recordings
     */
    public static Result run(List<Features> train, List<Features> test, long seed) {
        try (Scope scope = Scope.open()) {
            Standard standard = Standard.of(stack(train));
            Tensor train_LND = standard.apply(stack(train));
            Tensor test_LND = standard.apply(stack(test));
            int classes = train.get(0).classes();
            int width = train.get(0).width();
            Learned learned = new Learned(train.size(), width, classes, seed);
            Tensor expected_NC = oneHot(train.get(0).labels(), classes);
            for (int step = 0; step < STEPS; step++) {
                learned.step(train_LND, expected_NC, RATE * (1 - (double) step / STEPS));
            }
            int[] predicted = Grad.noGrad(() -> argmax(learned.scores(test_LND)));
            return new Result(Score.of(predicted, test.get(0).labels()), learned.layerWeights());
        }
    }

    private static Tensor stack(List<Features> layers) {
        return Tensors.stack(layers.stream().map(Features::features_ND).toList(), 0);
    }

    private static Tensor oneHot(int[] labels, int classes) {
        float[] values = new float[labels.length * classes];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                values[i * classes + labels[i]] = 1;
            }
        }
        return Tensors.of(values, labels.length, classes);
    }

    private static int[] argmax(Tensor scores_NC) {
        long[] best = scores_NC.topK(1).indices().toLongs();
        int[] classes = new int[best.length];
        for (int i = 0; i < best.length; i++) {
            classes[i] = (int) best[i];
        }
        return classes;
    }

    /** Each layer's features brought to mean 0 and deviation 1 by the training data's. */
    private record Standard(Tensor mean_L1D, Tensor deviation_L1D) {
        static Standard of(Tensor x_LND) {
            Tensor mean = x_LND.mean(true, 1);
            return new Standard(
                    mean, x_LND.sub(mean).square().mean(true, 1).add(1e-8).sqrt());
        }

        Tensor apply(Tensor x_LND) {
            return x_LND.sub(mean_L1D).div(deviation_L1D);
        }
    }

    /** Layer weights, matrix and bias, moved by Adam. */
    private static final class Learned {
        private final Tensor[] values;
        private final Tensor[] first = new Tensor[3];
        private final Tensor[] second = new Tensor[3];
        private int steps;

        Learned(int layers, int width, int classes, long seed) {
            float[] matrix = new float[width * classes];
            Rng rng = Rng.of(seed, 0x5E47L);
            for (int i = 0; i < matrix.length; i++) {
                matrix[i] = (float) (0.01 * rng.nextGaussian());
            }
            values = new Tensor[] {
                Tensors.zeros(DType.F32, Device.CPU, layers),
                Tensors.of(matrix, width, classes),
                Tensors.zeros(DType.F32, Device.CPU, classes)
            };
            for (int i = 0; i < values.length; i++) {
                first[i] = Tensors.zeros(DType.F32, Device.CPU, values[i].shape());
                second[i] = Tensors.zeros(DType.F32, Device.CPU, values[i].shape());
                values[i].requiresGrad_(true);
                values[i].gradient(Tensors.zeros(DType.F32, Device.CPU, values[i].shape()));
            }
        }

        Tensor scores(Tensor x_LND) {
            Tensor weights_L11 = values[0].softmax(0).view(-1, 1, 1);
            return x_LND.mul(weights_L11).sum(false, 0).matmul(values[1]).add(values[2]);
        }

        List<Double> layerWeights() {
            List<Double> weights = new ArrayList<>();
            for (float weight : Grad.noGrad(() -> values[0].softmax(0).toFloats())) {
                weights.add((double) weight);
            }
            return List.copyOf(weights);
        }

        void step(Tensor x_LND, Tensor expected_NC, double rate) {
            steps++;
            try (Scope scope = Scope.open()) {
                for (Tensor value : values) {
                    value.grad().zero_();
                }
                double rows = x_LND.size(1);
                Tensor loss = F.logSoftmax(scores(x_LND)).mul(expected_NC).sum().mul(-1 / rows);
                loss.add(values[1].square().sum().mul(DECAY)).backward();
                for (int i = 0; i < values.length; i++) {
                    Tensor gradient = values[i].grad();
                    first[i].mul_(0.9).add_(gradient, 0.1);
                    second[i].mul_(0.99).add_(gradient.square(), 0.01);
                    double correction = Math.sqrt(1 - Math.pow(0.99, steps)) / (1 - Math.pow(0.9, steps));
                    values[i].detach().addcdiv_(first[i], second[i].sqrt().add(1e-8), -rate * correction);
                }
            }
        }
    }
}
