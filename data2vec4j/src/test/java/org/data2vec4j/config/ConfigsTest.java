package org.data2vec4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.data2vec4j.Recipe;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.train.EvaluateConfig;
import org.data2vec4j.train.Precision;
import org.data2vec4j.train.run.PretrainConfig;
import org.junit.jupiter.api.Test;

class ConfigsTest {
    private static final PretrainConfig TINY = Recipe.load("image-tiny").bind();

    @Test
    void oneSettingIsChangedAndTheOthersAreTheSame() {
        PretrainConfig changed = Configs.with(TINY, "train.updates", 300);
        assertThat(ConfigDiff.between(TINY, changed))
                .extracting(ConfigDiff.Change::path)
                .containsExactly("train.updates");
        assertThat(changed.train().updates()).isEqualTo(300);
        assertThat(changed.method()).isSameAs(TINY.method());
    }

    @Test
    void everyWayToSayAValue() {
        assertThat(Configs.with(TINY, "precision", "bf16").precision()).isEqualTo(Precision.BF16);
        assertThat(Configs.with(TINY, "precision", Precision.BF16).precision()).isEqualTo(Precision.BF16);
        EvaluateConfig other = new EvaluateConfig(3, "there", "", 20, 10, List.of());
        assertThat(Configs.with(TINY, "evaluate", other).evaluate()).isSameAs(other);
        assertThat(Configs.with(TINY, "optimizer.learning_rate", 1e-5)
                        .optimizer()
                        .learningRate())
                .isEqualTo(1e-5);
        assertThat(((Data2Vec2Config) Configs.with(TINY, "data2vec2.clones", 3).method()).clones())
                .isEqualTo(3);
        assertThat(((Data2Vec2Config) Configs.with(TINY, "method.clones", 3).method()).clones())
                .isEqualTo(3);
        PretrainConfig both = Configs.with(TINY, Map.of("seed", 9L, "run", "elsewhere"));
        assertThat(both.seed()).isEqualTo(9);
        assertThat(both.run()).isEqualTo("elsewhere");
        Sample.Small small = new Sample.Small(1, new Sample.Model(1, 1), new Sample.BlockMask(3, 0.5), List.of());
        assertThat(Configs.with(small, "mask.size", 4).mask()).isEqualTo(new Sample.BlockMask(4, 0.5));
        assertThat(Configs.with(small, "mask", "time_span").mask()).isEqualTo(new Sample.TimeSpanMask());
    }

    @Test
    void whatCannotBeSet() {
        assertThatThrownBy(() -> Configs.with(TINY, "train.updates", -5))
                .isInstanceOf(UserException.class)
                .hasMessage("train.updates is -5; allowed: 1 or more");
        assertThatThrownBy(() -> Configs.with(TINY, "data2vec2.targets.layers", 99))
                .hasMessageStartingWith("method.targets.layers is 99 but model.depth is ");
        assertThatThrownBy(() -> Configs.with(TINY, "train.updats", 5))
                .hasMessageStartingWith("unknown key train.updats; did you mean updates? allowed: updates, batch, ");
        assertThatThrownBy(() -> Configs.with(TINY, "seed.x", 5))
                .hasMessage("unknown key seed.x; seed has no settings of its own");
        assertThatThrownBy(() -> Configs.with(TINY, "train.batch", "many"))
                .hasMessage("train.batch: expected an integer, found many");
    }
}
