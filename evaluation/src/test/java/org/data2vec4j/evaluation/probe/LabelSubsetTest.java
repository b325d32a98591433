package org.data2vec4j.evaluation.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;

class LabelSubsetTest {
    private static final int[] LABELS = new int[1000];

    static {
        Rng rng = Rng.of(4);
        Arrays.setAll(LABELS, i -> rng.nextInt(100) < 3 ? -1 : rng.nextInt(5) % 4);
    }

    private static final long[] IDS = LongStream.range(0, 1000).toArray();

    private static long count(int[] rows, int label) {
        return Arrays.stream(rows).filter(row -> LABELS[row] == label).count();
    }

    @Test
    void takesTheSameShareOfEachClass() {
        int[] rows = LabelSubset.rows(LABELS, IDS, 0.1, 7);
        assertThat(rows).isSorted().doesNotHaveDuplicates();
        assertThat(count(rows, -1)).isZero();
        int[] all = IntStream.range(0, 1000).toArray();
        for (int label = 0; label < 4; label++) {
            assertThat(count(rows, label)).isEqualTo(Math.round(0.1 * count(all, label)));
        }
        assertThat(LabelSubset.rows(LABELS, IDS, 1e-6, 7)).hasSize(4);
    }

    @Test
    void aSmallerShareIsPartOfALargerAndSeedsDiffer() {
        int[] ten = LabelSubset.rows(LABELS, IDS, 0.1, 7);
        int[] one = LabelSubset.rows(LABELS, IDS, 0.01, 7);
        assertThat(Arrays.stream(ten).boxed().toList())
                .containsAll(Arrays.stream(one).boxed().toList());
        assertThat(LabelSubset.rows(LABELS, IDS, 0.1, 8)).isNotEqualTo(ten);
        assertThat(LabelSubset.fingerprint(ten, IDS)).isNotEqualTo(LabelSubset.fingerprint(one, IDS));
    }

    /** Golden: these samples were drawn when the file was written, and must be drawn for ever. */
    @Test
    void neverChanges() {
        assertThat(LabelSubset.rows(LABELS, IDS, 0.01, 0)).isEqualTo(GOLDEN);
    }

    private static final int[] GOLDEN = {100, 103, 265, 624, 644, 735, 742, 792, 834, 931};

    @Test
    void doesNotDependOnTheOrderOfSamples() {
        int[] shuffled = Rng.of(1).permutation(1000);
        int[] labels = Arrays.stream(shuffled).map(i -> LABELS[i]).toArray();
        long[] ids = Arrays.stream(shuffled).asLongStream().toArray();
        assertThat(Arrays.stream(LabelSubset.rows(labels, ids, 0.05, 3)).mapToLong(row -> ids[row]))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(LabelSubset.rows(LABELS, IDS, 0.05, 3))
                        .mapToLong(row -> row)
                        .boxed()
                        .toList());
    }

    @Test
    void takesAboutAsManyAsAskedFor() {
        assertThat(LabelSubset.about(LABELS, IDS, 100, 0).length).isBetween(98, 102);
        assertThat(LabelSubset.about(LABELS, IDS, 5000, 0))
                .hasSize((int) Arrays.stream(LABELS).filter(c -> c >= 0).count());
        assertThatThrownBy(() -> LabelSubset.rows(LABELS, IDS, 0, 0)).hasMessageContaining("above 0 to 1");
        assertThatThrownBy(() -> LabelSubset.rows(LABELS, IDS, 1.1, 0)).hasMessageContaining("above 0 to 1");
    }
}
