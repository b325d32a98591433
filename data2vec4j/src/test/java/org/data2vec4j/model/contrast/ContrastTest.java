package org.data2vec4j.model.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.InScope;
import org.data2vec4j.model.Tiny;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.mask.Layout;
import org.data2vec4j.model.mask.MaskBatch;
import org.data2vec4j.model.mask.RandomMask;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.data2vec4j.tensor.distributed.BatchStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class ContrastTest {
    private static MaskBatch masks(long[] ids, int... lengths) {
        int longest = Arrays.stream(lengths).max().orElseThrow();
        return MaskBatch.draw(new RandomMask(0.5), Layout.padded(longest, lengths, Compat.NONE), 3, 0, ids, 1);
    }

    @Test
    void negativesAreOtherMaskedPositionsOfTheSameRecording() {
        long[] ids = {4, 9, 2};
        MaskBatch masks = masks(ids, 12, 4, 9);
        Negatives negatives = Negatives.draw(masks, 50, 1, 0, ids, 0);
        assertThat(negatives.positions()).isEqualTo(masks.masked());
        int first = 0;
        for (int row = 0; row < 3; row++) {
            int end = first + masks.masked(row);
            for (int n = first; n < end; n++) {
                boolean[] seen = new boolean[masks.masked()];
                for (int k = 0; k < 50; k++) {
                    int place = (int) negatives.places()[n * 50 + k];
                    assertThat(place).isBetween(first, end - 1).isNotEqualTo(n);
                    seen[place] = true;
                }
                for (int other = first; other < end; other++) {
                    assertThat(seen[other]).as("%s of %s", other, n).isEqualTo(other != n);
                }
            }
            first = end;
        }
    }

    @Test
    void negativesBelongToASampleAndAnUpdate() {
        long[] ids = {4, 9};
        MaskBatch both = masks(ids, 12, 8);
        long[] alone = Negatives.draw(masks(new long[] {9}, 8), 5, 1, 6, new long[] {9}, 0)
                .places();
        long[] together = Negatives.draw(both, 5, 1, 6, ids, 0).places();
        long[] second = Arrays.copyOfRange(together, both.masked(0) * 5, together.length);
        assertThat(Arrays.stream(second).map(place -> place - both.masked(0)).toArray())
                .containsExactly(alone);
        assertThat(Negatives.draw(both, 5, 1, 7, ids, 0).places()).isNotEqualTo(together);
        assertThat(Negatives.draw(both, 5, 1, 6, ids, 1).places()).isNotEqualTo(together);
        assertThat(Negatives.draw(both, 5, 2, 6, ids, 0).places()).isNotEqualTo(together);
    }

    @Test
    void aLoneMaskedPositionAddsNothing() {
        long[] ids = {4};
        MaskBatch masks = masks(ids, 2);
        assertThat(masks.masked()).isEqualTo(1);
        Negatives negatives = Negatives.draw(masks, 3, 1, 0, ids, 0);
        assertThat(negatives.places()).containsOnly(0);
        Tensor scores = Contrast.without(
                Contrast.scores(Tiny.normal(1, 1, 4), Tiny.normal(2, 1, 4), negatives, 0.1),
                negatives.alike(new long[] {5, 6}, 2));
        assertThat(Contrast.loss(scores).item()).isZero();
        assertThat(Contrast.accuracy(scores, BatchStatistics.single())).isEqualTo(1);
    }

    @Test
    void scoresLossAndAccuracyAreWhatLoopsSay() {
        int n = 6;
        int k = 4;
        Tensor context = Tiny.normal(1, n, 5);
        Tensor targets = Tiny.normal(2, n, 5);
        long[] places = new long[n * k];
        for (int i = 0; i < places.length; i++) {
            places[i] = (i / k + 1L + i % k) % n;
        }
        Negatives negatives = new Negatives(k, places);
        long[] keys = {1, 1, 2, 1, 3, 3, 1, 1, 2, 2, 3, 3}; // two each: 0 and 3 are alike, and 2 and 5
        boolean[] alike = negatives.alike(keys, 2);
        float[] scores = Contrast.without(Contrast.scores(context, targets, negatives, 0.5), alike)
                .toFloats();
        double loss = 0;
        int right = 0;
        for (int i = 0; i < n; i++) {
            double own = cosine(Tiny.row(context, i), Tiny.row(targets, i)) / 0.5;
            assertThat(scores[i * (k + 1)]).isCloseTo((float) own, within(1e-5f));
            double sum = Math.exp(own);
            boolean best = true;
            for (int j = 0; j < k; j++) {
                int other = (int) places[i * k + j];
                boolean same = keys[2 * i] == keys[2 * other] && keys[2 * i + 1] == keys[2 * other + 1];
                double score = cosine(Tiny.row(context, i), Tiny.row(targets, other)) / 0.5;
                assertThat(scores[i * (k + 1) + 1 + j])
                        .isCloseTo(same ? Float.NEGATIVE_INFINITY : (float) score, within(1e-5f));
                sum += same ? 0 : Math.exp(score);
                best &= same || own > score;
            }
            loss += Math.log(sum) - own;
            right += best ? 1 : 0;
        }
        Tensor tensor = Tensors.of(scores, n, k + 1);
        assertThat(Contrast.loss(tensor).item()).isCloseTo(loss, within(1e-4));
        assertThat(Contrast.accuracy(tensor, BatchStatistics.single())).isEqualTo((double) right / n);
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return dot / Math.sqrt(aa * bb);
    }

    @Test
    void equalScoresAreNotRight() {
        assertThat(Contrast.accuracy(Tensors.of(new float[] {1, 1, 0, 2, 1, 1}, 2, 3), BatchStatistics.single()))
                .isEqualTo(0.5);
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> new ContrastConfig(0, 0.1, 8))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("negatives is 0");
        assertThatThrownBy(() -> new ContrastConfig(5, 0, 8)).hasMessageContaining("temperature is 0");
        assertThatThrownBy(() -> new ContrastConfig(5, 0.1, 0)).hasMessageContaining("width is 0");
        assertThatThrownBy(() -> new Negatives(3, new long[4])).isInstanceOf(IllegalArgumentException.class);
    }
}
