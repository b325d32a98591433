package org.data2vec4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @BeforeAll
    static void whatIsLookedUpOnceStays() {
        try (Scope scope = Scope.open()) {
            work(Tensors.zeros(DType.F32, Device.CPU, 2, 3));
        }
    }

    @Test
    void freesWhatItsStepMadeAndNothingElse() {
        Tensor outside = Tensors.of(new float[] {1, 2}, 2);
        work(outside);
        long before = Native.livePointers();
        for (int i = 0; i < 50; i++) {
            work(outside);
        }
        assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
        assertThat(outside.toFloats()).containsExactly(1, 2);
    }

    private static void work(Tensor outside) {
        try (Scope step = Scope.open()) {
            outside.mul(2).add(1).softmax(0).sum();
        }
    }

    @Test
    void freesAfterAnException() {
        long before = Native.livePointers();
        assertThatThrownBy(() -> {
                    try (Scope step = Scope.open()) {
                        Tensor a = Tensors.zeros(DType.F32, Device.CPU, 2, 3);
                        a.matmul(a);
                    }
                })
                .isInstanceOf(RuntimeException.class);
        assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
    }

    @Test
    void keepHandsATensorOutwards() {
        Tensor free;
        try (Scope outer = Scope.open()) {
            Tensor kept;
            try (Scope inner = Scope.open()) {
                kept = inner.keep(Tensors.of(new float[] {5}, 1).mul(2));
            }
            assertThat(kept.toFloats()).containsExactly(10);
            free = outer.keep(kept.add(1));
        }
        assertThat(free.toFloats()).containsExactly(11);
    }

    @Test
    void settingThreadsAndMeasuringRatesLeaveNothingBehind() {
        MatrixRate.measure(DType.F32, Device.CPU, 0);
        long before = Native.livePointers();
        MatrixRate.measure(DType.F32, Device.CPU, 0);
        Native.threads(Native.threads());
        assertThat(Native.livePointers()).isLessThanOrEqualTo(before);
    }
}
