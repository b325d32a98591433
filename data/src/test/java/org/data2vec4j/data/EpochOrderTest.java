package org.data2vec4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
    @Test
    void everyEpochDrawsEachSampleOnce() {
        EpochOrder order = new EpochOrder(7, 3, LoaderPosition.START);
        SampleSlots slots = order.take(21);
        for (int epoch = 0; epoch < 3; epoch++) {
            int[] drawn = Arrays.copyOfRange(slots.samples(), 7 * epoch, 7 * epoch + 7);
            assertThat(drawn).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
            assertThat(drawn).isEqualTo(EpochOrder.permutation(7, 3, epoch));
        }
        assertThat(order.position()).isEqualTo(new LoaderPosition(3, 0));
    }

    @Test
    void goesOnFromEveryPosition() {
        int[] all = new EpochOrder(5, 1, LoaderPosition.START).take(20).samples();
        SampleSlots slots = new EpochOrder(5, 1, LoaderPosition.START).take(20);
        for (int i = 0; i < 12; i++) {
            int[] rest = new EpochOrder(5, 1, slots.after(i, 5)).take(4).samples();
            assertThat(rest).isEqualTo(Arrays.copyOfRange(all, i + 1, i + 5));
        }
    }

    @Test
    void seedsAndEpochsDiffer() {
        assertThat(EpochOrder.permutation(50, 1, 0)).isNotEqualTo(EpochOrder.permutation(50, 2, 0));
        assertThat(EpochOrder.permutation(50, 1, 0)).isNotEqualTo(EpochOrder.permutation(50, 1, 1));
    }

    @Test
    void endOfEpochIsTheNextBeginningAndBeyondIsRefused() {
        assertThat(new EpochOrder(5, 1, new LoaderPosition(2, 5)).position()).isEqualTo(new LoaderPosition(3, 0));
        assertThatThrownBy(() -> new EpochOrder(5, 1, new LoaderPosition(0, 6)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("5 samples");
        assertThatThrownBy(() -> new LoaderPosition(-1, 0)).hasMessageContaining("epoch");
    }

    @Test
    void sequentialOrderEnds() {
        SequentialOrder order = new SequentialOrder(5);
        assertThat(order.take(3).samples()).containsExactly(0, 1, 2);
        assertThat(order.take(3).samples()).containsExactly(3, 4);
        assertThat(order.take(3).count()).isZero();
        assertThat(IntStream.of(new SequentialOrder(2).take(9).offsets())).containsExactly(0, 1);
    }
}
