package org.data2vec4j.evaluation.probe;

import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/** A fitted linear map from features to class scores; it holds plain arrays and outlives any scope. */
public final class LinearClassifier {
    private final Standardization standard;
    private final float[] weights;
    private final float[] bias;
    private final double lambda;

    LinearClassifier(Standardization standard, RidgeSystem.Solution solution, double lambda) {
        this.standard = standard;
        this.weights = solution.weights_DC().toFloats();
        this.bias = solution.bias_1C().toFloats();
        this.lambda = lambda;
    }

    /** The penalty it was fitted with, per sample. */
    public double lambda() {
        return lambda;
    }

    /** Weights (D, C) for standardised features, in row-major order; a copy. */
    public float[] weights() {
        return weights.clone();
    }

    /** The bias of each class; a copy. */
    public float[] bias() {
        return bias.clone();
    }

    /** Accuracy on the samples whose class is known. */
    public Score score(Features samples) {
        return Score.of(predict(samples), samples.labels());
    }

    /** The class with the highest score, for each sample. */
    public int[] predict(Features samples) {
        int width = weights.length / bias.length;
        if (samples.width() != width) {
            throw new IllegalArgumentException("samples have " + samples.width() + " features, not " + width);
        }
        int[] predictions = new int[samples.size()];
        try (Scope outer = Scope.open()) {
            Tensor weights_DC = Tensors.of(weights, width, bias.length).to(DType.F64);
            Tensor bias_C = Tensors.of(bias, bias.length).to(DType.F64);
            for (int start = 0; start < predictions.length; start += RidgeSystem.CHUNK) {
                int rows = Math.min(RidgeSystem.CHUNK, predictions.length - start);
                try (Scope scope = Scope.open()) {
                    Tensor x_BD = standard.apply(samples.features_ND().narrow(0, start, rows));
                    Tensor scores_BC = x_BD.matmul(weights_DC).add(bias_C);
                    long[] best = scores_BC.topK(1).indices().toLongs();
                    for (int i = 0; i < rows; i++) {
                        predictions[start + i] = (int) best[i];
                    }
                }
            }
        }
        return predictions;
    }
}
