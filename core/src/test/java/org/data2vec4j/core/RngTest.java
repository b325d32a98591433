package org.data2vec4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RngTest {
    @Test
    void sameKeySameStreamAndAnyWordChangesIt() {
        assertThat(Rng.of(1, 2, 3).nextLong()).isEqualTo(Rng.of(1, 2, 3).nextLong());
        long[] firsts = {
            Rng.of(1, 2, 3).nextLong(), Rng.of(1, 3, 2).nextLong(),
                    Rng.of(2, 2, 3).nextLong(),
            Rng.of(1, 2).nextLong(), Rng.of(1, 2, 3, 0).nextLong(),
                    Rng.named(1, "2").nextLong()
        };
        assertThat(Arrays.stream(firsts).distinct().count()).isEqualTo(firsts.length);
    }

    @Test
    void streamIsStableAcrossReleases() {
        assertThat(Rng.of(1, 2, 3).nextLong()).isEqualTo(5649887244965920420L);
        assertThat(Rng.named(7, "blocks.0.attn.qkv.weight").nextInt(1000)).isEqualTo(916);
    }

    @Test
    void uniformAndNormalMoments() {
        Rng rng = Rng.of(5);
        int n = 200_000;
        double[] normal =
                IntStream.range(0, n).mapToDouble(i -> rng.nextGaussian()).toArray();
        double mean = Arrays.stream(normal).average().orElseThrow();
        double variance = Arrays.stream(normal)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isEqualTo(0, within(0.01));
        assertThat(variance).isEqualTo(1, within(0.02));
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[rng.nextInt(7)]++;
        }
        assertThat(Arrays.stream(counts).allMatch(c -> Math.abs(c - 10_000) < 500))
                .isTrue();
    }

    @Test
    void permutationHoldsEachNumberOnce() {
        int[] order = Rng.of(9).permutation(100);
        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, 100).toArray());
        assertThat(order).isNotEqualTo(IntStream.range(0, 100).toArray());
    }
}
