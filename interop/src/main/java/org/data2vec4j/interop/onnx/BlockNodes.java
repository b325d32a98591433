package org.data2vec4j.interop.onnx;

import org.data2vec4j.model.nn.BlockConfig;
import org.jspecify.annotations.Nullable;

/** A transformer block. Shapes: B samples, T tokens, D width, H heads, d = D/H. */
final class BlockNodes {
    private final ParameterNodes layers;
    private final Ops ops;
    private final BlockConfig config;

    BlockNodes(ParameterNodes layers, BlockConfig config) {
        this.layers = layers;
        this.ops = layers.ops();
        this.config = config;
    }

    /**
     * The block's output.
     *
     * @param name of the block, such as {@code encoder.main.blocks.0}
     * @param bias added to attention scores, or null
     */
    Value block(String name, Value x_BTD, @Nullable Value bias) {
        String norm1 = name + ".norm1";
        String norm2 = name + ".norm2";
        double epsilon = config.normEpsilon();
        return switch (config.norm()) {
            case POST -> {
                Value attended = layers.layerNorm(norm1, ops.add(x_BTD, attention(name, x_BTD, bias)), epsilon);
                yield layers.layerNorm(norm2, ops.add(attended, feedForward(name, attended)), epsilon);
            }
            case PRE -> {
                Value attended = ops.add(x_BTD, attention(name, layers.layerNorm(norm1, x_BTD, epsilon), bias));
                yield ops.add(attended, feedForward(name, layers.layerNorm(norm2, attended, epsilon)));
            }
            case PRE_FAIRSEQ -> {
                Value attended = ops.add(x_BTD, attention(name, layers.layerNorm(norm1, x_BTD, epsilon), bias));
                Value branch = feedForward(name, layers.layerNorm(norm2, attended, epsilon));
                yield ops.add(branch, branch);
            }
        };
    }

    private Value attention(String name, Value x_BTD, @Nullable Value bias) {
        int each = config.width() / config.heads();
        Value parts_BT3D = layers.linear(name + ".attn.qkv", x_BTD);
        Value parts_3BHTd = ops.transpose(ops.reshape(parts_BT3D, 0, 0, 3, config.heads(), each), 2, 0, 3, 1, 4);
        Value q_BHTd = ops.gather(parts_3BHTd, ops.scalar(0L), 0);
        Value k_BHTd = ops.gather(parts_3BHTd, ops.scalar(1L), 0);
        Value v_BHTd = ops.gather(parts_3BHTd, ops.scalar(2L), 0);
        Value scaled_BHTd = ops.mul(q_BHTd, ops.scalar((float) (1 / Math.sqrt(each))));
        Value scores_BHTT = ops.matmul(scaled_BHTd, ops.transpose(k_BHTd, 0, 1, 3, 2));
        if (bias != null) {
            scores_BHTT = ops.add(scores_BHTT, bias);
        }
        Value mixed_BHTd = ops.matmul(ops.softmax(scores_BHTT), v_BHTd);
        Value mixed_BTD = ops.reshape(ops.transpose(mixed_BHTd, 0, 2, 1, 3), 0, 0, config.width());
        return scaled(name + ".scale1", layers.linear(name + ".attn.proj", mixed_BTD));
    }

    private Value feedForward(String name, Value x_BTD) {
        Value hidden = ops.gelu(layers.linear(name + ".mlp.fc1", x_BTD));
        return scaled(name + ".scale2", layers.linear(name + ".mlp.fc2", hidden));
    }

    private Value scaled(String name, Value branch_BTD) {
        return layers.has(name) ? ops.mul(branch_BTD, layers.parameter(name)) : branch_BTD;
    }
}
