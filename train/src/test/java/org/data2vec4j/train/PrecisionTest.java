package org.data2vec4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.junit.jupiter.api.Test;

class PrecisionTest {
    @Test
    void autoBecomesOneOfTheTwo() {
        assertThat(Precision.AUTO.resolve(Device.CPU)).isIn(Precision.FP32, Precision.BF16);
        assertThat(Precision.FP32.resolve(Device.CPU)).isEqualTo(Precision.FP32);
        assertThat(Precision.BF16.resolve(Device.CPU)).isEqualTo(Precision.BF16);
    }

    @Test
    void typesOfProducts() {
        assertThat(Precision.FP32.type()).isEqualTo(DType.F32);
        assertThat(Precision.BF16.type()).isEqualTo(DType.BF16);
        assertThatThrownBy(Precision.AUTO::type).hasMessageContaining("resolve it");
    }
}
