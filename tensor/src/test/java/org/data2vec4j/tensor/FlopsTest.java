package org.data2vec4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlopsTest {
    private static Tensor zeros(boolean learns, long... shape) {
        return Tensors.zeros(DType.F32, Device.CPU, shape).requiresGrad_(learns);
    }

    @Test
    void aLinearLayerCountsEachProductThatIsMade() {
        try (Scope scope = Scope.open()) {
            long forward = 2L * 5 * 3 * 4;
            assertThat(Flops.of(() -> F.linear(zeros(false, 5, 3), zeros(false, 4, 3), null)))
                    .isEqualTo(forward);
            assertThat(Flops.of(() -> F.linear(zeros(false, 5, 3), zeros(true, 4, 3), null)))
                    .isEqualTo(2 * forward);
            assertThat(Flops.of(() -> F.linear(zeros(true, 5, 3), zeros(true, 4, 3), null)))
                    .isEqualTo(3 * forward);
            assertThat(Flops.of(() -> Grad.noGrad(() -> F.linear(zeros(true, 5, 3), zeros(true, 4, 3), null))))
                    .isEqualTo(forward);
        }
    }

    @Test
    void attentionAndConvolutionsCount() {
        try (Scope scope = Scope.open()) {
            Tensor q = zeros(true, 2, 3, 5, 4);
            long scores = 2L * 2 * 3 * 5 * 5 * 4;
            assertThat(Flops.of(() -> F.attention(q, q, q, null, 0))).isEqualTo(3 * 2 * scores);
            // 8×9 images, 6 channels in 2 groups, 4 outputs, 3×3 kernels.
            long convolution = 2L * (2 * 8 * 9) * 4 * (3 * 9);
            assertThat(Flops.of(() -> F.conv2d(zeros(false, 2, 8, 9, 6), zeros(true, 4, 3, 3, 3), null, 1, 2)))
                    .isEqualTo(2 * convolution);
            // 11 positions, a kernel of 5 every 3: 3 outputs.
            assertThat(Flops.of(() -> F.conv1d(zeros(false, 2, 11, 6), zeros(false, 4, 6, 5), null, 3, 0, 1)))
                    .isEqualTo(2L * 2 * 3 * 4 * 6 * 5);
        }
    }

    @Test
    void nobodyCountsOutside() {
        try (Scope scope = Scope.open()) {
            long[] inner = new long[1];
            long outer = Flops.of(() -> {
                F.linear(zeros(false, 5, 3), zeros(false, 4, 3), null);
                inner[0] = Flops.of(() -> F.linear(zeros(false, 5, 3), zeros(false, 4, 3), null));
            });
            assertThat(outer).isEqualTo(inner[0]).isEqualTo(120);
        }
    }
}
