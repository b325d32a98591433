package org.data2vec4j.interop.onnx;

import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.OutputPooling;
import org.data2vec4j.model.task.classify.ClassifierHeadConfig;

/** What is made of an encoder's features, and given to the runtime. Shapes: B samples, T positions, D width. */
sealed interface HeadNodes {
    /** The runtime's output of scores. */
    String LOGITS = "logits";

    /**
     * Adds the outputs.
     *
     * @param positions what T is called in the graph
     */
    void outputs(ParameterNodes layers, EncoderNodes.Features features, int width, String positions);

    /**
     * The features (B, T, D), one vector for each sample (B, D), pooled as the encoder's settings say, and the last extra token (B, D)
     * where there are any.
     */
    record Features(EncoderConfig encoder) implements HeadNodes {
        @Override
        public void outputs(ParameterNodes layers, EncoderNodes.Features features, int width, String positions) {
            Ops ops = layers.ops();
            OnnxGraph graph = ops.graph();
            graph.output("features", features.features_BTD(), ElementType.F32, "batch", positions, width);
            int extra = encoder.extraTokens();
            Value cls_BD = extra == 0 ? null : ops.gather(features.all_BAD(), ops.scalar(extra - 1L), 1);
            Value vector_BD =
                    encoder.pooling() == OutputPooling.CLS && cls_BD != null ? cls_BD : mean(layers, features);
            graph.output("vector", vector_BD, ElementType.F32, "batch", width);
            if (cls_BD != null) {
                graph.output("cls", cls_BD, ElementType.F32, "batch", width);
            }
        }

        private Value mean(ParameterNodes layers, EncoderNodes.Features features) {
            Value mean_BD = PaddingMask.mean(layers.ops(), features.features_BTD(), features.mask());
            return encoder.pooling() == OutputPooling.NORMED_MEAN
                    ? layers.layerNorm(
                            EncoderNodes.FINAL_NORM, mean_BD, encoder.block().normEpsilon())
                    : mean_BD;
        }
    }

    /** Scores of letters at every position. */
    record Letters(int letters) implements HeadNodes {
        @Override
        public void outputs(ParameterNodes layers, EncoderNodes.Features features, int width, String positions) {
            Value logits_BTV = layers.linear("head", features.features_BTD());
            layers.ops().graph().output(LOGITS, logits_BTV, ElementType.F32, "batch", positions, letters);
        }
    }

    /** Scores of classes, or a number, for each sample. */
    record Classes(ClassifierHeadConfig config, int outputs) implements HeadNodes {
        private static final double EPSILON = 1e-6;

        @Override
        public void outputs(ParameterNodes layers, EncoderNodes.Features features, int width, String positions) {
            layers.ops().graph().output(LOGITS, logits(layers, features), ElementType.F32, "batch", outputs);
        }

        private Value logits(ParameterNodes layers, EncoderNodes.Features features) {
            Ops ops = layers.ops();
            if (config instanceof ClassifierHeadConfig.First) {
                Value first_BD = ops.gather(features.all_BAD(), ops.scalar(0L), 1);
                return layers.linear("head.out", ops.of("Tanh", layers.linear("head.dense", first_BD)));
            }
            if (config instanceof ClassifierHeadConfig.Mean) {
                Value mean_BD = PaddingMask.mean(ops, features.features_BTD(), features.mask());
                boolean normed = layers.has("head.norm.weight");
                return layers.linear("head.out", normed ? layers.layerNorm("head.norm", mean_BD, EPSILON) : mean_BD);
            }
            throw new UserException("a head of " + config + " has no counterpart in the ONNX export");
        }
    }
}
