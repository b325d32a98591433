package org.data2vec4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fast implementation against a plain one, over odd shapes and both types. */
class FTest {
    private final Rng rng = Rng.of(11);

    private Tensor random(long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        return Tensors.of(values, shape);
    }

    private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        float[] a = actual.toFloats();
        float[] b = expected.toFloats();
        for (int i = 0; i < a.length; i++) {
            assertThat(Math.abs(a[i] - b[i])).as("element %d", i).isLessThanOrEqualTo((float) tolerance);
        }
    }

    @ParameterizedTest
    @CsvSource({"F32,1,1,1,1", "F32,2,3,5,7", "F32,2,1,200,8", "BF16,2,3,5,7", "BF16,1,2,13,64"})
    void attentionImplementationsAgree(DType type, int batch, int heads, int positions, int width) {
        Tensor q = random(batch, heads, positions, width).to(type);
        Tensor k = random(batch, heads, positions, width).to(type);
        Tensor v = random(batch, heads, positions, width).to(type);
        Tensor bias = random(1, heads, positions, positions);
        double tolerance = type == DType.F32 ? 1e-5 : 3e-2;
        assertClose(F.fusedAttention(q, k, v, null, 0), F.plainAttention(q, k, v, null, 0), tolerance);
        assertClose(F.fusedAttention(q, k, v, bias, 0), F.plainAttention(q, k, v, bias, 0), tolerance);
        assertClose(F.attention(q, k, v, bias, 0), F.plainAttention(q, k, v, bias, 0), tolerance);
    }

    @ParameterizedTest
    @CsvSource({"F32,1e-5", "BF16,6e-2"})
    void linearIsProductPlusBias(DType type, double tolerance) {
        Tensor x = random(3, 5, 7);
        Tensor weight = random(4, 7);
        Tensor bias = random(4);
        Tensor expected =
                x.unsqueeze(2).mul(weight).sum(false, -1).add(bias); // (3,5,1,7)·(4,7) summed: no matrix product
        Tensor actual = Autocast.with(type, () -> F.linear(x, weight, bias));
        assertThat(actual.type()).isEqualTo(type);
        assertClose(actual, expected, tolerance);
        assertClose(F.linear(x, weight, null), expected.sub(bias), 1e-5);
    }

    @ParameterizedTest
    @CsvSource({"5,4,6,9,3,3", "1,7,8,8,1,8", "3,3,2,4,5,1", "4,3,2,4,4,2"})
    void convolutionIsTheSumItClaims(int height, int width, int in, int out, int kernel, int groups) {
        Tensor x = random(2, height, width, in);
        Tensor weight = random(out, in / groups, kernel, kernel);
        Tensor bias = random(out);
        float[] expected = naive(x, weight, bias, kernel / 2, groups);
        Tensor actual = F.conv2d(x, weight, bias, kernel / 2, groups);
        assertClose(actual, Tensors.of(expected, actual.shape()), 1e-4);
    }

    private static float[] naive(Tensor x, Tensor weight, Tensor bias, int padding, int groups) {
        int batch = (int) x.size(0);
        int height = (int) x.size(1);
        int width = (int) x.size(2);
        int channels = (int) x.size(3);
        int outs = (int) weight.size(0);
        int inner = (int) weight.size(1);
        int kernel = (int) weight.size(2);
        int outHeight = height + 2 * padding - kernel + 1;
        int outWidth = width + 2 * padding - kernel + 1;
        float[] xs = x.toFloats();
        float[] ws = weight.toFloats();
        float[] bs = bias.toFloats();
        float[] ys = new float[batch * outHeight * outWidth * outs];
        for (int b = 0; b < batch; b++) {
            for (int r = 0; r < outHeight; r++) {
                for (int c = 0; c < outWidth; c++) {
                    for (int o = 0; o < outs; o++) {
                        int first = o / (outs / groups) * inner;
                        double sum = bs[o];
                        for (int i = 0; i < inner; i++) {
                            for (int kr = 0; kr < kernel; kr++) {
                                for (int kc = 0; kc < kernel; kc++) {
                                    int row = r + kr - padding;
                                    int column = c + kc - padding;
                                    if (row >= 0 && row < height && column >= 0 && column < width) {
                                        sum += xs[((b * height + row) * width + column) * channels + first + i]
                                                * ws[((o * inner + i) * kernel + kr) * kernel + kc];
                                    }
                                }
                            }
                        }
                        ys[((b * outHeight + r) * outWidth + c) * outs + o] = (float) sum;
                    }
                }
            }
        }
        return ys;
    }

    @Test
    void normsHaveTheMomentsTheyPromise() {
        Tensor x = random(3, 11, 4).mul(5).add(2);
        Tensor instance = F.instanceNorm(x, 1e-5);
        assertClose(instance.mean(false, 1), Tensors.zeros(DType.F32, Device.CPU, 3, 4), 1e-5);
        assertClose(
                instance.variance(false, false, 1),
                Tensors.zeros(DType.F32, Device.CPU, 3, 4).add(1),
                1e-4);
        Tensor batch = F.batchNorm(x, 1e-5);
        assertClose(batch.mean(false, 0, 1), Tensors.zeros(DType.F32, Device.CPU, 4), 1e-5);
        Tensor layer = F.layerNorm(x, null, null, 1e-5);
        assertClose(layer.mean(false, 2), Tensors.zeros(DType.F32, Device.CPU, 3, 11), 1e-5);
        assertClose(
                F.normalize(x).square().sum(false, 2),
                Tensors.zeros(DType.F32, Device.CPU, 3, 11).add(1),
                1e-5);
    }

    @Test
    void dropPathZeroesWholeSamplesAndKeepsTheMean() {
        Tensors.seed(1);
        float[] kept = F.dropPath(Tensors.zeros(DType.F32, Device.CPU, 4000, 2).add(1), 0.25)
                .toFloats();
        double sum = 0;
        for (int i = 0; i < kept.length; i += 2) {
            assertThat(kept[i]).isEqualTo(kept[i + 1]);
            sum += kept[i];
        }
        assertThat(sum / 4000).isBetween(0.95, 1.05);
    }

    @Test
    void smoothL1IsQuadraticThenLinear() {
        Tensor error = Tensors.of(new float[] {0.5f, 3}, 2);
        Tensor zero = Tensors.zeros(DType.F32, Device.CPU, 2);
        assertThat(F.smoothL1(error, zero, 2).toFloats()).containsExactly(0.5f * 0.25f / 2, 2);
        assertThat(F.squaredError(error, zero).toFloats()).containsExactly(0.25f, 9);
    }

    @Test
    void fusedAdamWEqualsItsDefinition() {
        Tensor value = random(37);
        Tensor gradient = random(37);
        Tensor first = Tensors.zeros(DType.F32, Device.CPU, 37);
        Tensor second = Tensors.zeros(DType.F32, Device.CPU, 37);
        double[] v = toDoubles(value);
        double[] m = new double[37];
        double[] s = new double[37];
        for (int step = 1; step <= 3; step++) {
            float[] g = gradient.toFloats();
            for (int i = 0; i < 37; i++) {
                double scaled = g[i] * 0.5;
                m[i] = 0.9 * m[i] + 0.1 * scaled;
                s[i] = 0.95 * s[i] + 0.05 * scaled * scaled;
                double unbiased = m[i] / (1 - Math.pow(0.9, step));
                double deviation = Math.sqrt(s[i] / (1 - Math.pow(0.95, step))) + 1e-8;
                v[i] = v[i] * (1 - 0.01 * 0.05) - 0.01 * unbiased / deviation;
            }
            FusedAdamW.update(value, gradient.copy(), first, second, step, 0.5, 0.01, 0.9, 0.95, 0.05, 1e-8);
        }
        for (int i = 0; i < 37; i++) {
            assertThat(value.toFloats()[i]).isCloseTo((float) v[i], org.assertj.core.api.Assertions.within(1e-5f));
        }
    }

    private static double[] toDoubles(Tensor tensor) {
        float[] values = tensor.toFloats();
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    @Test
    void eigenvaluesAndSolve() {
        Tensor a = Tensors.of(new float[] {2, 1, 1, 2}, 2, 2);
        assertClose(F.eigenvalues(a), Tensors.of(new float[] {1, 3}, 2), 1e-6);
        Tensor b = Tensors.of(new float[] {3, 3}, 2, 1);
        assertClose(F.solve(a, b), Tensors.of(new float[] {1, 1}, 2, 1), 1e-6);
        assertThat(F.allFinite(a)).isTrue();
        assertThat(F.allFinite(a.log().mul(0).div(Tensors.zeros(DType.F32, Device.CPU, 1))))
                .isFalse();
    }

    @Test
    void solvesALargeSystemOnAThreadWithAnOrdinaryStack() {
        try (Scope scope = Scope.open()) {
            Tensor a = Tensors.zeros(DType.F64, Device.CPU, 400, 400).normal_(0, 1);
            a.diagonal().add_(100);
            Tensor b = Tensors.zeros(DType.F64, Device.CPU, 400, 3).normal_(0, 1);
            assertThat(a.matmul(F.solve(a, b)).sub(b).abs().sum().item()).isLessThan(1e-9);
        }
    }
}
