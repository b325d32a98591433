package org.data2vec4j.interop.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.AttentionBiasConfig.Alibi;
import org.data2vec4j.model.encoder.AttentionBiasConfig.Relative;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.jspecify.annotations.Nullable;

/**
 * What is added to attention scores, by distance and for padding. Shapes: B samples, H heads, E extra tokens, T others, A = E + T,
 * N entries of a table.
 */
final class BiasNodes {
    private final ParameterNodes layers;
    private final Ops ops;
    private final int extra;
    private final int heads;
    private final int blocks;

    BiasNodes(ParameterNodes layers, EncoderConfig encoder) {
        this.layers = layers;
        this.ops = layers.ops();
        this.extra = encoder.extraTokens();
        this.heads = encoder.block().heads();
        this.blocks = encoder.prenet() + encoder.depth();
    }

    /** Each block's, broadcast to (B, H, A, A); null where nothing is added. */
    List<@Nullable Value> of(AttentionBiasConfig config, TokenValues tokens, @Nullable PaddingMask mask) {
        List<? extends @Nullable Value> distances;
        if (config instanceof Alibi alibi) {
            distances = alibi(alibi, tokens);
        } else if (config instanceof Relative relative) {
            distances = relative(relative, tokens);
        } else {
            distances = Collections.singletonList(null);
        }
        Value padding = mask == null
                ? null
                : extra == 0 ? mask.scores_B11T() : ops.zerosBefore(mask.scores_B11T(), 0, 0, 0, extra);
        List<@Nullable Value> sums = new ArrayList<>();
        for (Value distance : distances) {
            sums.add(
                    distance == null || padding == null
                            ? (distance == null ? padding : distance)
                            : ops.add(distance, padding));
        }
        return sums.size() == blocks ? sums : Collections.nCopies(blocks, sums.get(0));
    }

    /** The learned scales are built into the slopes. One for all blocks, or one each. */
    private List<Value> alibi(Alibi config, TokenValues tokens) {
        Value places_T = ops.floats(ops.range(tokens.count()));
        Value distance_TT = ops.of("Abs", ops.sub(ops.unsqueeze(places_T, 1), ops.unsqueeze(places_T, 0)));
        Value distance_1HTT = ops.unsqueeze(distance_TT, 0, 1);
        float[] slopes = Alibi.slopes(heads);
        float[] scales = config.scale() == Alibi.Scale.FIXED
                ? new float[] {(float) config.initial()}
                : layers.values("encoder.bias.scale");
        boolean each = config.scale() == Alibi.Scale.PER_LAYER || config.scale() == Alibi.Scale.PER_LAYER_AND_HEAD;
        int perBlock = each ? scales.length / blocks : scales.length;
        List<Value> biases = new ArrayList<>();
        for (int block = 0; block < scales.length / perBlock; block++) {
            float[] factors = new float[heads];
            for (int head = 0; head < heads; head++) {
                float scale = scales[block * perBlock + (perBlock == 1 ? 0 : head)];
                boolean learned = config.scale() != Alibi.Scale.FIXED;
                factors[head] = -(learned ? Math.max(0, scale) : scale) * slopes[head];
            }
            Value factors_1H11 = ops.graph().floats(new long[] {1, heads, 1, 1}, factors);
            Value bias = ops.mul(distance_1HTT, factors_1H11);
            biases.add(extra == 0 ? bias : ops.zerosBefore(bias, 0, 0, extra, extra));
        }
        return biases;
    }

    /** One for all blocks, or one each, looked up in the table by distance in rows and columns. */
    private List<Value> relative(Relative config, TokenValues tokens) {
        Value entries_AA = entries(config, tokens);
        List<Value> biases = new ArrayList<>();
        for (int block = 0; block < (config.perBlock() ? blocks : 1); block++) {
            Value table_NH = ops.gather(layers.parameter("encoder.bias.table"), ops.scalar((long) block), 0);
            Value bias_AAH = ops.gather(table_NH, entries_AA, 0);
            biases.add(ops.unsqueeze(ops.transpose(bias_AAH, 2, 0, 1), 0));
        }
        return biases;
    }

    private Value entries(Relative config, TokenValues tokens) {
        long reach = config.reach();
        long side = 2 * reach + 1;
        Value places_T = ops.range(tokens.count());
        Value down_TT = distance(ops.div(places_T, tokens.columns()), reach);
        Value right_TT = distance(ops.mod(places_T, tokens.columns()), reach);
        Value entries_TT = ops.add(ops.mul(down_TT, ops.scalar(side)), right_TT);
        if (extra == 0) {
            return entries_TT;
        }
        // The table's last three are for what extra tokens are seen by, what they see, and among themselves.
        long last = side * side + 2;
        Value count = ops.unsqueeze(tokens.count(), 0);
        Value extras = ops.vector(extra);
        Value fromExtra_ET = ops.expand(ops.scalar(last - 2), ops.concat(0, extras, count));
        Value toExtra_TE = ops.expand(ops.scalar(last - 1), ops.concat(0, count, extras));
        Value amongExtra_EE = ops.expand(ops.scalar(last), ops.vector(extra, extra));
        return ops.concat(0, ops.concat(1, amongExtra_EE, fromExtra_ET), ops.concat(1, toExtra_TE, entries_TT));
    }

    /** (T, T): how far along one direction, from 0 for the farthest behind. */
    private Value distance(Value places_T, long reach) {
        Value distance_TT = ops.sub(ops.unsqueeze(places_T, 1), ops.unsqueeze(places_T, 0));
        return ops.add(ops.clamped(distance_TT, -reach, reach), ops.scalar(reach));
    }
}
