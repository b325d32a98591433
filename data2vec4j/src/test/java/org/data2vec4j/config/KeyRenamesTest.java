package org.data2vec4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyRenamesTest {
    private static final KeyRenames TABLE = KeyRenames.NONE
            .key("optimiser", "optimizer")
            .key("train.observe_every", "train.diagnose_every")
            .key("evaluate_every", "evaluate.every_updates")
            .key("pictures", "images")
            .key("images.deviation", "images.std")
            .word("*.teacher.part", "behind_front_end", "behind_feature_encoder");

    private final Set<String> told = new LinkedHashSet<>();

    private String renamed(String yaml) {
        return YamlWriter.writeTree(TABLE.apply(YamlReader.file("x.yaml", yaml), told));
    }

    @Test
    void oldKeysAreReadUnderTheNewOnes() {
        String old = """
                seed: 1
                optimiser: {learning_rate: 0.1}
                train: {batch: 2, observe_every: 3}
                evaluate_every: 5
                """;
        assertThat(renamed(old)).isEqualTo("""
                        seed: 1
                        optimizer:
                          learning_rate: 0.1
                        train:
                          batch: 2
                          diagnose_every: 3
                        evaluate:
                          every_updates: 5
                        """);
        assertThat(told)
                .containsExactly(
                        "optimiser is now optimizer",
                        "train.observe_every is now train.diagnose_every",
                        "evaluate_every is now evaluate.every_updates");
    }

    @Test
    void whatIsInsideARenamedKeyMayBeRenamedToo() {
        assertThat(renamed("pictures: {size: 3, deviation: 0.5}")).isEqualTo("images:\n  size: 3\n  std: 0.5\n");
        assertThat(told).containsExactly("pictures is now images", "images.deviation is now images.std");
    }

    @Test
    void oldWords() {
        assertThat(renamed("aqc: {teacher: {part: behind_front_end}}\nname: behind_front_end"))
                .isEqualTo("aqc:\n  teacher:\n    part: behind_feature_encoder\nname: behind_front_end\n");
        assertThat(told).containsExactly("aqc.teacher.part=behind_front_end is now behind_feature_encoder");
    }

    @Test
    void whatHasNoOldNameStaysAsItIs() {
        String yaml = "a: null\nb: \"\"\nc: [1, {d: 2}]\nmask: {kind: block, length: 3}\nf: {}\n";
        ConfigNode.Mapping before = YamlReader.file("x.yaml", yaml);
        assertThat(TABLE.apply(before, told)).isEqualTo(before);
        assertThat(told).isEmpty();
    }

    @Test
    void placesStay() {
        ConfigNode.Mapping after =
                TABLE.apply(YamlReader.file("x.yaml", "seed: 1\ntrain:\n  batch: 2\n  observe_every: 0"), told);
        ConfigNode.Mapping train = (ConfigNode.Mapping) after.entries().get("train");
        assertThat(train.source()).isEqualTo(new Source("x.yaml", 2));
        assertThat(train.entries().get("diagnose_every")).isNotNull();
        assertThat(train.entries().get("diagnose_every").source()).isEqualTo(new Source("x.yaml", 4));
        assertThat(List.copyOf(train.entries().keySet())).containsExactly("batch", "diagnose_every");
    }
}
