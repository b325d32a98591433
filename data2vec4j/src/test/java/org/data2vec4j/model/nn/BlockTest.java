package org.data2vec4j.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.F;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(InScope.class)
class BlockTest {
    private static final Offset<Float> CLOSE = offset(1e-5f);

    @Test
    void preNormWithZeroWeightsIsTheIdentity() {
        Block block = new Block(Tiny.block(NormPlacement.PRE), 0);
        Weights weights = Weights.allocate(Device.CPU, Map.of("m", block));
        Tensor x = Tiny.normal(1, 2, 5, Tiny.WIDTH);
        assertThat(block.forward(x, null).tokens_BTD().toFloats()).containsExactly(x.toFloats());

        weights.initialise(3); // norms with gains of one change nothing either while the branches are zero
        weights.parameters().forEach((name, parameter) -> {
            if (!name.contains("norm")) {
                parameter.value().zero_();
            }
        });
        assertThat(block.forward(x, null).tokens_BTD().toFloats()).containsExactly(x.toFloats());
    }

    @Test
    void preNormSumsTheBranchOntoTheAttentionsResidualAndTheReferenceOntoItself() {
        Tensor x = Tiny.normal(1, 2, 5, Tiny.WIDTH);
        Block pre = placed(NormPlacement.PRE, 0);
        Block fairseq = placed(NormPlacement.PRE_FAIRSEQ, 0);
        Block.Output ours = pre.forward(x, null);
        Block.Output theirs = fairseq.forward(x, null);

        Block withoutBranch = new Block(Tiny.block(NormPlacement.PRE), 0);
        Weights weights = Tiny.placed(withoutBranch);
        weights.parameter("m.mlp.fc2.weight").value().zero_();
        weights.parameter("m.mlp.fc2.bias").value().zero_();
        Tensor attended = withoutBranch.forward(x, null).tokens_BTD();

        assertThat(ours.feedForward_BTD().toFloats())
                .containsExactly(theirs.feedForward_BTD().toFloats());
        assertThat(ours.tokens_BTD().toFloats())
                .containsExactly(attended.add(ours.feedForward_BTD()).toFloats());
        assertThat(theirs.tokens_BTD().toFloats())
                .containsExactly(theirs.feedForward_BTD().mul(2).toFloats());
    }

    @ParameterizedTest
    @EnumSource(NormPlacement.class)
    void layerScaleMultipliesBothBranchesFeatureByFeature(NormPlacement norm) {
        BlockConfig plain = Tiny.block(norm);
        BlockConfig scaled = new BlockConfig(Tiny.WIDTH, 2, 2, norm, 1e-6, 0, 0, 0, 0, 1e-4);
        Block block = new Block(scaled, 0);
        Weights weights = Weights.allocate(Device.CPU, Map.of("m", block));
        weights.initialise(3);
        assertThat(weights.parameter("m.scale1").value().toFloats()).containsOnly(1e-4f);
        assertThat(weights.parameter("m.scale2").decays()).isFalse();
        Tiny.scramble(weights, 5);

        // The same branches come from output layers whose rows are multiplied.
        Block folded = new Block(plain, 0);
        Weights into = Tiny.placed(folded);
        assertThat(into.parameters()).doesNotContainKeys("m.scale1", "m.scale2");
        for (String[] pair : new String[][] {{"m.scale1", "m.attn.proj"}, {"m.scale2", "m.mlp.fc2"}}) {
            Tensor scale = weights.parameter(pair[0]).value();
            Tensor weight = into.parameter(pair[1] + ".weight").value();
            weight.copy_(weight.mul(scale.unsqueeze(1)));
            Tensor bias = into.parameter(pair[1] + ".bias").value();
            bias.copy_(bias.mul(scale));
        }
        Tensor x = Tiny.normal(1, 2, 5, Tiny.WIDTH);
        Block.Output expected = folded.forward(x, null);
        Block.Output got = block.forward(x, null);
        assertThat(got.tokens_BTD().toFloats())
                .containsExactly(expected.tokens_BTD().toFloats(), CLOSE);
        assertThat(got.feedForward_BTD().toFloats())
                .containsExactly(expected.feedForward_BTD().toFloats(), CLOSE);
    }

    @Test
    void postNormOutputHasUnitStatistics() {
        Block block = new Block(Tiny.block(NormPlacement.POST), 0);
        Weights weights = Tiny.placed(block);
        for (String norm : new String[] {"m.norm1", "m.norm2"}) {
            weights.parameter(norm + ".weight").value().zero_().add_(1);
            weights.parameter(norm + ".bias").value().zero_();
        }
        Tensor y = block.forward(Tiny.normal(1, 3, 5, Tiny.WIDTH).mul(7).add(3), null)
                .tokens_BTD();
        for (float mean : y.mean(false, 2).toFloats()) {
            assertThat(mean).isCloseTo(0, CLOSE);
        }
        for (float variance : y.variance(false, false, 2).toFloats()) {
            assertThat(variance).isCloseTo(1, offset(1e-4f));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,false", "1,true", "2,false", "2,true"})
    void attentionIsTheTextbookOne(int seed, boolean biased) {
        int heads = 2;
        int width = 8;
        int positions = 3;
        Attention attention = new Attention(width, heads, 0);
        Weights weights = Tiny.placed(attention);
        Tensor x = Tiny.normal(seed, 2, positions, width);
        Tensor bias = biased ? Tiny.normal(9, 2, heads, positions, positions) : null;
        float[] got = attention.forward(x, bias).toFloats();
        double[] expected = naive(
                weights,
                x.toFloats(),
                bias == null ? new float[2 * heads * positions * positions] : bias.toFloats(),
                heads,
                positions,
                width);
        for (int i = 0; i < got.length; i++) {
            assertThat((double) got[i]).isCloseTo(expected[i], offset(1e-5));
        }
    }

    @Test
    void pathsAreDroppedInTrainingOnly() {
        int samples = 64;
        Tensor x = Tiny.normal(1, samples, 2, Tiny.WIDTH);
        Block whole = placed(NormPlacement.PRE, 0);
        Block dropping = placed(NormPlacement.PRE, 0.5);
        float[] expected = whole.forward(x, null).tokens_BTD().toFloats();
        assertThat(dropping.forward(x, null).tokens_BTD().toFloats()).containsExactly(expected);

        dropping.train(true);
        Tensors.seed(4);
        Tensor y = dropping.forward(x, null).tokens_BTD();
        int untouched = 0;
        for (int i = 0; i < samples; i++) {
            untouched += Arrays.equals(Tiny.row(y, i), Tiny.row(x, i)) ? 1 : 0;
        }
        assertThat(untouched)
                .as("samples of %s that skip both branches, a quarter expected", samples)
                .isBetween(6, 30);

        dropping.train(false);
        assertThat(dropping.forward(x, null).tokens_BTD().toFloats()).containsExactly(expected);
    }

    @Test
    void dropPathGrowsFromNothingAtTheFirstBlock() {
        BlockConfig config = new BlockConfig(Tiny.WIDTH, 2, 2, NormPlacement.PRE, 1e-6, 0, 0, 0, 0.9);
        Tensor x = Tiny.normal(1, 8, 2, Tiny.WIDTH);
        Blocks first = new Blocks(config, 1, 0, 3);
        Tiny.placed(first);
        float[] calm = first.forward(x, AttentionBias.NONE).get(0).tokens_BTD().toFloats();
        first.train(true);
        assertThat(first.forward(x, AttentionBias.NONE).get(0).tokens_BTD().toFloats())
                .containsExactly(calm);

        Blocks last = new Blocks(config, 1, 2, 3);
        Tiny.placed(last);
        last.train(true);
        assertThat(last.forward(x, AttentionBias.NONE).get(0).tokens_BTD().toFloats())
                .isNotEqualTo(calm);
    }

    @Test
    void everyDropoutActsInTrainingOnly() {
        for (int which = 0; which < 3; which++) {
            BlockConfig config = new BlockConfig(
                    Tiny.WIDTH,
                    2,
                    2,
                    NormPlacement.POST,
                    1e-6,
                    which == 0 ? 0.5 : 0,
                    which == 1 ? 0.5 : 0,
                    which == 2 ? 0.5 : 0,
                    0);
            Block block = new Block(config, 0);
            Tiny.placed(block);
            Tensor x = Tiny.normal(1, 2, 4, Tiny.WIDTH);
            float[] calm = block.forward(x, null).tokens_BTD().toFloats();
            assertThat(calm)
                    .containsExactly(placed(NormPlacement.POST, 0)
                            .forward(x, null)
                            .tokens_BTD()
                            .toFloats());
            block.train(true);
            assertThat(block.forward(x, null).tokens_BTD().toFloats()).isNotEqualTo(calm);
        }
    }

    @Test
    void feedForwardIsTwoProductsAroundAGelu() {
        FeedForward mlp = new FeedForward(6, 9, 0);
        Weights weights = Tiny.placed(mlp);
        Tensor x = Tiny.normal(1, 4, 6);
        Tensor hidden = x.matmul(value(weights, "m.fc1.weight").transpose(0, 1)).add(value(weights, "m.fc1.bias"));
        Tensor expected = F.gelu(hidden)
                .matmul(value(weights, "m.fc2.weight").transpose(0, 1))
                .add(value(weights, "m.fc2.bias"));
        assertThat(mlp.forward(x).toFloats()).containsExactly(expected.toFloats(), CLOSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 |2 |4|1e-6|0  |0  |0  |0  | width is 0; allowed: 1 or more",
                "16|0 |4|1e-6|0  |0  |0  |0  | heads is 0; allowed: 1 or more",
                "16|3 |4|1e-6|0  |0  |0  |0  | heads is 3 but width is 16; heads must divide width",
                "16|2 |0|1e-6|0  |0  |0  |0  | mlp_ratio is 0; allowed: above 0",
                "16|2 |4|0   |0  |0  |0  |0  | norm_epsilon is 0; allowed: above 0",
                "16|2 |4|1e-6|1  |0  |0  |0  | dropout is 1; allowed: 0 to 0.99",
                "16|2 |4|1e-6|0  |1  |0  |0  | attention_dropout is 1; allowed: 0 to 0.99",
                "16|2 |4|1e-6|0  |0  |-1 |0  | activation_dropout is -1; allowed: 0 to 0.99",
                "16|2 |4|1e-6|0  |0  |0  |NaN| drop_path is NaN; allowed: 0 to 0.99",
            })
    void illegalSettingsNameTheField(
            int width,
            int heads,
            double ratio,
            double epsilon,
            double dropout,
            double attention,
            double activation,
            double path,
            String message) {
        assertThatThrownBy(() -> new BlockConfig(
                        width, heads, ratio, NormPlacement.POST, epsilon, dropout, attention, activation, path))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }

    private static Block placed(NormPlacement norm, double dropPath) {
        Block block = new Block(Tiny.block(norm), dropPath);
        Tiny.placed(block);
        return block;
    }

    private static Tensor value(Weights weights, String name) {
        return weights.parameter(name).value();
    }

    /** Attention of two samples by loops, in double precision. */
    private static double[] naive(Weights weights, float[] x, float[] bias, int heads, int positions, int width) {
        int head = width / heads;
        double[] qkv = product(x, 2 * positions, width, 3 * width, weights, "m.qkv");
        float[] mixed = new float[2 * positions * width];
        for (int b = 0; b < 2; b++) {
            for (int h = 0; h < heads; h++) {
                for (int t = 0; t < positions; t++) {
                    double[] share = new double[positions];
                    double total = 0;
                    for (int s = 0; s < positions; s++) {
                        double score = bias[((b * heads + h) * positions + t) * positions + s];
                        for (int i = 0; i < head; i++) {
                            double q = qkv[(b * positions + t) * 3 * width + h * head + i];
                            double k = qkv[(b * positions + s) * 3 * width + width + h * head + i];
                            score += q * k / Math.sqrt(head);
                        }
                        share[s] = Math.exp(score);
                        total += share[s];
                    }
                    for (int i = 0; i < head; i++) {
                        double sum = 0;
                        for (int s = 0; s < positions; s++) {
                            sum += share[s] / total * qkv[(b * positions + s) * 3 * width + 2 * width + h * head + i];
                        }
                        mixed[(b * positions + t) * width + h * head + i] = (float) sum;
                    }
                }
            }
        }
        return product(mixed, 2 * positions, width, width, weights, "m.proj");
    }

    private static double[] product(float[] x, int rows, int in, int out, Weights weights, String layer) {
        float[] weight = value(weights, layer + ".weight").toFloats();
        float[] bias = value(weights, layer + ".bias").toFloats();
        double[] y = new double[rows * out];
        for (int r = 0; r < rows; r++) {
            for (int o = 0; o < out; o++) {
                double sum = bias[o];
                for (int i = 0; i < in; i++) {
                    sum += (double) x[r * in + i] * weight[o * in + i];
                }
                y[r * out + o] = sum;
            }
        }
        return y;
    }

    /** With the values' and the output's matrices the identity, attention is its weights times its input. */
    @Test
    void attentionWeightsAreThoseThatTheInputIsMixedBy() {
        Attention attention = new Attention(Tiny.WIDTH, 1, 0);
        Weights weights = Weights.allocate(Device.CPU, Map.of("m", attention));
        weights.initialise(4);
        int width = Tiny.WIDTH;
        float[] qkv = Tiny.normal(5, 3L * width, width).toFloats();
        float[] identity = new float[width * width];
        for (int i = 0; i < width; i++) {
            identity[i * width + i] = 1;
        }
        System.arraycopy(identity, 0, qkv, 2 * width * width, width * width);
        weights.parameter("m.qkv.weight").value().copy_(qkv);
        weights.parameter("m.proj.weight").value().copy_(identity);
        Tensor x_BTD = Tiny.normal(1, 2, 5, width);
        Tensor bias_TT = Tiny.normal(2, 5, 5);
        assertThat(attention.weights(x_BTD, bias_TT).select(1, 0).matmul(x_BTD).toFloats())
                .containsExactly(attention.forward(x_BTD, bias_TT).toFloats(), CLOSE);
    }
}
