package org.data2vec4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class InferenceSlicesTest {
    @Test
    void aSmallBatchIsComputedAtOnce() {
        Encoder encoder = Tiny.encoder(1, 2, 1, NormPlacement.POST);
        Input input = Tiny.images(2, 3);
        assertThat(InferenceSlices.of(encoder, input)).containsExactly(input);
    }

    @Test
    void slicesKeepTheBudgetAndAreOfNearlyOneSize() {
        long megabyte = 1 << 20;
        assertThat(InferenceSlices.samples(megabyte, 48)).isEqualTo(48);
        assertThat(InferenceSlices.samples(megabyte, 49)).isEqualTo(25);
        assertThat(InferenceSlices.samples(5 * megabyte, 20)).isEqualTo(7); // 9 fit; three slices are needed
        assertThat(InferenceSlices.samples(1000 * megabyte, 3)).isEqualTo(1);
        assertThat(InferenceSlices.samples(0, 5)).isEqualTo(5);
        assertThat(InferenceSlices.samples(megabyte, 0)).isZero();
    }

    @Test
    void rowsKeepTheirIdsAndLengths() {
        Input input =
                new Input(Tensors.of(new float[] {0, 1, 2, 3, 4, 5}, 3, 2), new long[] {7, 8, 9}, new int[] {2, 1, 2});
        Input rows = input.rows(1, 2);
        assertThat(rows.source().toFloats()).containsExactly(2, 3, 4, 5);
        assertThat(rows.ids()).containsExactly(8, 9);
        assertThat(rows.lengths()).containsExactly(1, 2);
    }
}
