package org.data2vec4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void valuesRoundTripInEveryForm() {
        Tensor floats = Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertThat(floats.shape()).containsExactly(2, 3);
        assertThat(floats.transpose(0, 1).toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(Tensors.of(new long[] {7, -1}, 2).toLongs()).containsExactly(7, -1);
        ByteBuffer bytes = ByteBuffer.wrap(floats.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getFloat(4)).isEqualTo(2f);
        assertThat(Tensors.ofBytes(bytes, DType.F32, 3, 2).toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(floats.to(DType.BF16).type()).isEqualTo(DType.BF16);
        assertThatThrownBy(() -> Tensors.of(new float[3], 2, 2)).hasMessageContaining("do not fill");
        assertThatThrownBy(() -> Tensors.ofBytes(ByteBuffer.allocate(3), DType.F32, 1))
                .hasMessageContaining("do not fill");
    }

    @Test
    void indexingAndJoining() {
        Tensor x = Tensors.of(new float[] {0, 1, 2, 3, 4, 5}, 3, 2);
        assertThat(x.indexSelect(0, Tensors.of(new long[] {2, 0}, 2)).toFloats())
                .containsExactly(4, 5, 0, 1);
        Tensor copied = x.indexCopy(0, Tensors.of(new long[] {1}, 1), Tensors.of(new float[] {9, 8}, 1, 2));
        assertThat(copied.toFloats()).containsExactly(0, 1, 9, 8, 4, 5);
        assertThat(x.toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(Tensors.cat(List.of(x, x), 1).shape()).containsExactly(3, 4);
        assertThat(Tensors.stack(List.of(x, x), 0).shape()).containsExactly(2, 3, 2);
        assertThat(x.topK(1).indices().toLongs()).containsExactly(1, 1, 1);
    }

    @Test
    void theDiagonalIsAViewOfTheMatrix() {
        Tensor matrix = Tensors.of(new float[] {1, 2, 3, 4}, 2, 2);
        matrix.diagonal().add_(10);
        assertThat(matrix.toFloats()).containsExactly(11, 2, 3, 14);
    }

    @Test
    void differentiatesIntoTheStorageItIsGiven() {
        Tensor gradients = Tensors.zeros(DType.F32, Device.CPU, 4);
        Tensor x = Tensors.of(new float[] {1, 2, 3}, 3).requiresGrad_(true);
        x.gradient(gradients.narrow(0, 1, 3));
        x.square().sum().backward();
        assertThat(gradients.toFloats()).containsExactly(0, 2, 4, 6);
        x.sum().backward();
        assertThat(gradients.toFloats()).containsExactly(0, 3, 5, 7);
        assertThatThrownBy(() -> Tensors.of(new float[1], 1).requiresGrad_(true).grad())
                .hasMessageContaining("no gradient");
    }

    @Test
    void gradientModeAndAutocastComeBackAfterAnException() {
        assertThatThrownBy(() -> Grad.noGrad(() -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        Tensor x = Tensors.of(new float[] {1}, 1).requiresGrad_(true);
        x.square().sum().backward();
        assertThat(x.grad().toFloats()).containsExactly(2);
        assertThatThrownBy(() -> Autocast.with(DType.BF16, () -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(Autocast.type()).isEqualTo(DType.F32);
    }

    @Test
    void seedMakesDrawsRepeat() {
        Tensors.seed(3);
        float[] first = Tensors.empty(DType.F32, Device.CPU, 5).normal_(0, 1).toFloats();
        Tensors.seed(3);
        assertThat(Tensors.empty(DType.F32, Device.CPU, 5).normal_(0, 1).toFloats())
                .isEqualTo(first);
    }

    @Test
    void deviceNamesAreChecked() {
        assertThat(Device.parse("CPU")).isEqualTo(Device.CPU);
        assertThatThrownBy(() -> Device.parse("tpu"))
                .isInstanceOf(UserException.class)
                .hasMessage("device is 'tpu'; allowed: auto, cpu, cuda, cuda:N");
        assertThatThrownBy(() -> Device.parse("cuda:99")).isInstanceOf(UserException.class);
        assertThat(Native.describe()).contains("libtorch 2.10");
    }

    @Test
    void unboundSlicesAreThoseOfSelectAndOutliveTheirList() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensors.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 3, 2)
                    .requiresGrad_(true);
            Tensor[] slices;
            try (Scope inner = Scope.open()) {
                slices = x.unbind(1);
                for (Tensor slice : slices) {
                    inner.keep(slice);
                }
            }
            assertThat(slices).hasSize(3);
            for (int i = 0; i < 3; i++) {
                assertThat(slices[i].shape()).containsExactly(2, 2);
                assertThat(slices[i].toFloats()).isEqualTo(x.select(1, i).toFloats());
            }
            slices[0].mul(2).add(slices[2].mul(3)).sum().backward();
            assertThat(new Tensor(x.raw.grad()).toFloats()).containsExactly(2, 2, 0, 0, 3, 3, 2, 2, 0, 0, 3, 3);
        }
    }
}
