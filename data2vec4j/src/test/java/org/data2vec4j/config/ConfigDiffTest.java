package org.data2vec4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.data2vec4j.config.Sample.BlockMask;
import org.data2vec4j.config.Sample.Layer;
import org.data2vec4j.config.Sample.Model;
import org.data2vec4j.config.Sample.Norm;
import org.data2vec4j.config.Sample.Small;
import org.data2vec4j.config.Sample.UniformMaskLaw;
import org.junit.jupiter.api.Test;

class ConfigDiffTest {
    private static final Small BEFORE =
            new Small(7, new Model(64, 2), new BlockMask(3, 0.8), List.of(new Layer(8, Norm.LAYER)));

    @Test
    void records() {
        Small after = new Small(8, new Model(64, 4), new UniformMaskLaw(0.8), List.of(new Layer(8, Norm.BATCH)));
        assertThat(ConfigDiff.between(BEFORE, after))
                .extracting(Object::toString)
                .containsExactly(
                        "seed: 7 -> 8",
                        "model.depth: 2 -> 4",
                        "mask.kind: block -> uniform",
                        "mask.size: 3 -> (absent)",
                        "layers.0.norm: layer -> batch");
        assertThat(ConfigDiff.between(BEFORE, BEFORE)).isEmpty();
    }

    @Test
    void listsOfAnotherLengthAreShownWhole() {
        Small after = new Small(7, BEFORE.model(), BEFORE.mask(), List.of());
        assertThat(ConfigDiff.between(BEFORE, after))
                .containsExactly(new ConfigDiff.Change("layers", "[{width: 8, norm: layer}]", "[]"));
    }

    @Test
    void treesCompareNumbersByValue() {
        ConfigNode before = YamlReader.file("a", "a: 1e-3\nb: [1, 2]\nc: x\nd: 9007199254740993\ne: '1'\nf: ~");
        ConfigNode after =
                YamlReader.file("b", "a: 0.001\nb: [1.0, 2]\nc: 'x'\nd: 9007199254740992\ne: 1\nf: null\ng: 2");
        assertThat(ConfigDiff.betweenTrees(before, after))
                .extracting(Object::toString)
                .containsExactly("d: 9007199254740993 -> 9007199254740992", "e: \"1\" -> 1", "g: (absent) -> 2");
    }
}
