package org.data2vec4j.cli.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.data2vec4j.cli.config.Recipe;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.model.quantise.TemperatureConfig;
import org.data2vec4j.train.recipe.PretrainConfig;
import org.data2vec4j.train.schedule.Linear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recipe counts in updates keeps its share of the run. */
class StretchTest {
    private static PretrainConfig recipe(String name, List<String> words) {
        return Recipe.load(name, words).bind(PretrainConfig.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image-tiny",
                "mae-tiny",
                "image-v1-tiny",
                "audio-tiny",
                "wav2vec2-tiny",
                "audio-v1-tiny",
                "aqc-tiny",
                "text-tiny",
                "roberta-tiny",
                "text-v1-tiny"
            })
    void asManyUpdatesAsTheRecipeHasChangeNothing(String name) {
        PretrainConfig recipe = recipe(name, List.of());
        assertThat(recipe(name, Stretch.settings(recipe, recipe.train().updates())))
                .isEqualTo(recipe);
    }

    @Test
    void aQuarterOfTheUpdates() {
        assertThat(Stretch.settings(recipe("image-tiny", List.of()), 625))
                .containsExactly(
                        "train.updates=625",
                        "guard.after_updates=125",
                        "schedule.warmup=50",
                        "data2vec2.teacher.anneal_updates=375");
        PretrainConfig whole = recipe("wav2vec2-tiny", List.of());
        PretrainConfig quarter = recipe("wav2vec2-tiny", Stretch.settings(whole, 375));
        assertThat(((Linear) quarter.schedule()).warmup()).isEqualTo(75);
        assertThat(temperature(quarter).at(100)).isEqualTo(temperature(whole).at(400), within(1e-9));
    }

    private static TemperatureConfig temperature(PretrainConfig recipe) {
        return ((Wav2Vec2Config) recipe.method()).quantiser().temperature();
    }
}
