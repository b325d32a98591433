package org.data2vec4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.data2vec4j.Recipe;
import org.data2vec4j.config.Sample.BlockMask;
import org.data2vec4j.config.Sample.Layer;
import org.data2vec4j.config.Sample.MaskLaw;
import org.data2vec4j.config.Sample.Norm;
import org.data2vec4j.config.Sample.Optimizer;
import org.data2vec4j.config.Sample.Stride;
import org.data2vec4j.config.Sample.TimeSpanMask;
import org.data2vec4j.config.Sample.Train;
import org.data2vec4j.config.Sample.UniformMaskLaw;
import org.junit.jupiter.api.Test;

class BinderTest {
    static <T> T bind(Class<T> type, String yaml) {
        return new Recipe("x", YamlReader.file("x.yaml", yaml), List.of()).bind(type);
    }

    @Test
    void everyTypeBinds() {
        String yaml = """
                count: -1_000
                total: 9_000_000_000
                rate: 1e-3
                fast: true
                title: two words
                norm: instance-norm
                layer: {width: 5}
                mask: {kind: every_nth, step: 2}
                words: [a, "1", null_]
                counts:
                  - 1
                  - +2
                rates: [1, .5, 2., -3.5E+2, .inf]
                layers:
                  - width: 1
                  - norm: batch
                  - {}
                masks: [block, {kind: uniform, share: 0}, time-span]
                table: [[1, 2], []]
                limit: ~
                note:
                """;
        Sample.Everything bound = bind(Sample.Everything.class, yaml);
        assertThat(bound)
                .isEqualTo(new Sample.Everything(
                        -1000,
                        9_000_000_000L,
                        0.001,
                        true,
                        "two words",
                        Norm.INSTANCE_NORM,
                        new Layer(5, Norm.LAYER),
                        new Stride(2),
                        List.of("a", "1", "null_"),
                        List.of(1, 2),
                        List.of(1.0, 0.5, 2.0, -350.0, Double.POSITIVE_INFINITY),
                        List.of(new Layer(1, Norm.LAYER), new Layer(32, Norm.BATCH), new Layer(32, Norm.LAYER)),
                        List.of(new BlockMask(4, 0.8), new UniformMaskLaw(0), new TimeSpanMask()),
                        List.of(List.of(1, 2), List.of()),
                        null,
                        null,
                        null));
    }

    @Test
    void arraysBind() {
        Sample.Arrays arrays = bind(Sample.Arrays.class, "rates: [1, 0.5]\ncounts: []\ntotals: [3_000_000_000]\n");
        assertThat(arrays.rates()).containsExactly(1, 0.5);
        assertThat(arrays.counts()).isEmpty();
        assertThat(arrays.totals()).containsExactly(3_000_000_000L);
    }

    @Test
    void whatIsLeftOutComesFromTheNearestDefault() {
        assertThat(bind(Train.class, "")).isEqualTo(Train.defaults());
        assertThat(bind(Train.class, "optimizer: {learning_rate: 0.2}").optimizer())
                .isEqualTo(new Optimizer(0.2, 0.05));
        assertThat(bind(Train.class, "mask: {share: 0.1}").mask()).isEqualTo(new BlockMask(9, 0.1));
        assertThat(bind(Train.class, "mask: block").mask()).isEqualTo(new BlockMask(9, 0.6));
        assertThat(bind(Train.class, "mask: {kind: uniform, share: 1}").mask()).isEqualTo(new UniformMaskLaw(1));
    }

    @Test
    void kindsAreNamedByTheRules() {
        assertThat(Kinds.of(MaskLaw.class))
                .isEqualTo(Map.of(
                        "block", BlockMask.class,
                        "uniform", UniformMaskLaw.class,
                        "every_nth", Stride.class,
                        "time_span", TimeSpanMask.class));
        assertThat(bind(MaskLaw.class, "kind: every-nth\nstep: 3")).isEqualTo(new Stride(3));
    }

    @Test
    void namesBecomeLowerSnake() {
        assertThat(List.of("learningRate", "topKLayers", "conv2d", "l2Loss", "INSTANCE_NORM", "XMLFile", "a-b"))
                .extracting(Names::snake)
                .containsExactly(
                        "learning_rate", "top_k_layers", "conv2d", "l2_loss", "instance_norm", "xml_file", "a_b");
    }

    @Test
    void aBugInARecordIsNotTheUsersFault() {
        assertThatThrownBy(() -> bind(Train.class, "batch_size: 13"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a bug");
    }
}
