package org.data2vec4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.data2vec4j.config.Sample.BlockMask;
import org.data2vec4j.config.Sample.Everything;
import org.data2vec4j.config.Sample.Layer;
import org.data2vec4j.config.Sample.MaskLaw;
import org.data2vec4j.config.Sample.Norm;
import org.data2vec4j.config.Sample.Stride;
import org.data2vec4j.config.Sample.TimeSpanMask;
import org.data2vec4j.config.Sample.UniformMaskLaw;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;

class YamlWriterTest {
    private static final String ODD = " \t\n:#-?&*![]{},|>'\"%@`=~.0123456789eE+_xyznullYNé漢😀\u0000\u007f\u2028\\/";

    @Test
    void readsWell() {
        Everything config = new Everything(
                3,
                9_000_000_000L,
                1e-6,
                false,
                "two words",
                Norm.INSTANCE_NORM,
                new Layer(8, Norm.BATCH),
                new TimeSpanMask(),
                List.of("a", "1", "true", ""),
                List.of(),
                List.of(0.001, 4.0),
                List.of(new Layer(1, Norm.LAYER), new Layer(2, Norm.BATCH)),
                List.of(),
                List.of(List.of(1, 2), List.of()),
                null,
                "a: b",
                null);
        assertThat(YamlWriter.write(config)).isEqualTo("""
                        count: 3
                        total: 9000000000
                        rate: 1.0e-6
                        fast: false
                        title: two words
                        norm: instance_norm
                        layer:
                          width: 8
                          norm: batch
                        mask:
                          kind: time_span
                        words: [a, "1", "true", ""]
                        counts: []
                        rates: [0.001, 4.0]
                        layers:
                          - width: 1
                            norm: layer
                          - width: 2
                            norm: batch
                        masks: []
                        table: [[1, 2], []]
                        limit: null
                        note: "a: b"
                        extra: null
                        """);
    }

    /** Random records of every shape: what is written binds to an equal record. */
    @Test
    void roundTrip() {
        for (int i = 0; i < 500; i++) {
            Rng rng = Rng.of(20, i);
            Everything config = new Everything(
                    (int) rng.nextLong(),
                    rng.nextLong(),
                    number(rng),
                    rng.nextBoolean(),
                    text(rng),
                    norm(rng),
                    layer(rng),
                    mask(rng),
                    list(rng, () -> text(rng)),
                    list(rng, () -> (int) rng.nextLong()),
                    list(rng, () -> number(rng)),
                    list(rng, () -> layer(rng)),
                    list(rng, () -> mask(rng)),
                    list(rng, () -> list(rng, () -> rng.nextInt(9))),
                    rng.nextBoolean() ? null : number(rng),
                    rng.nextBoolean() ? null : text(rng),
                    rng.nextBoolean() ? null : layer(rng));
            String yaml = YamlWriter.write(config);
            assertThat(BinderTest.bind(Everything.class, yaml)).as(yaml).isEqualTo(config);
            assertThat(YamlWriter.writeTree(YamlReader.file("x", yaml))).isEqualTo(yaml);
        }
    }

    @Test
    void arraysAndNothing() {
        Sample.Arrays arrays = new Sample.Arrays(new double[] {Double.NaN, -0.0}, new int[] {1}, new long[0]);
        String yaml = YamlWriter.write(arrays);
        assertThat(yaml).isEqualTo("rates: [.nan, -0.0]\ncounts: [1]\ntotals: []\n");
        assertThat(BinderTest.bind(Sample.Arrays.class, yaml).rates()).containsExactly(Double.NaN, -0.0);
        assertThat(YamlWriter.write(new TimeSpanMask())).isEqualTo("{}\n");
    }

    private static <T> List<T> list(Rng rng, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int n = rng.nextInt(4); n > 0; n--) {
            items.add(item.get());
        }
        return items;
    }

    private static double number(Rng rng) {
        return switch (rng.nextInt(4)) {
            case 0 -> rng.nextInt(100);
            case 1 -> rng.nextInt(1000) / 1000.0;
            case 2 ->
                List.of(Double.NaN, Double.MIN_VALUE, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, -0.0)
                        .get(rng.nextInt(5));
            default -> rng.nextGaussian() * Math.pow(10, rng.nextInt(40) - 20);
        };
    }

    private static String text(Rng rng) {
        int[] alphabet = ODD.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int n = rng.nextInt(8); n > 0; n--) {
            text.appendCodePoint(alphabet[rng.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    private static Norm norm(Rng rng) {
        return List.of(Norm.LAYER, Norm.BATCH, Norm.INSTANCE_NORM).get(rng.nextInt(3));
    }

    private static Layer layer(Rng rng) {
        return new Layer(1 + rng.nextInt(1000), norm(rng));
    }

    private static MaskLaw mask(Rng rng) {
        return switch (rng.nextInt(4)) {
            case 0 -> new BlockMask(1 + rng.nextInt(99), rng.nextDouble());
            case 1 -> new UniformMaskLaw(number(rng));
            case 2 -> new Stride(rng.nextInt(9));
            default -> new TimeSpanMask();
        };
    }
}
