package org.data2vec4j.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.data2vec4j.Recipe;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.model.quantizer.TemperatureConfig;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.schedule.LinearSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recipe counts in updates keeps its share of the run. */
class ScheduleScalingTest {
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
        assertThat(recipe(name, words(recipe, 1))).isEqualTo(recipe);
    }

    @Test
    void aQuarterOfTheUpdates() {
        assertThat(words(recipe("image-tiny", List.of()), 0.25))
                .containsExactly(
                        "train.updates=625",
                        "guard.after_updates=125",
                        "schedule.warmup=50",
                        "data2vec2.teacher.anneal_updates=375");
        PretrainConfig whole = recipe("wav2vec2-tiny", List.of());
        PretrainConfig quarter = recipe("wav2vec2-tiny", words(whole, 0.25));
        assertThat(((LinearSchedule) quarter.schedule()).warmup()).isEqualTo(75);
        assertThat(temperature(quarter).at(100)).isEqualTo(temperature(whole).at(400), within(1e-9));
    }

    @Test
    void aWarmUpAloneAndCodesOfAqcStretchToo() {
        assertThat(words(recipe("aqc-tiny", List.of("schedule={kind: constant, warmup: 8}")), 0.5))
                .contains("schedule.warmup=4")
                .anyMatch(word -> word.startsWith("aqc.teacher.anneal_updates="))
                .anyMatch(word -> word.startsWith("aqc.contrast.codes.temperature.decay=0.9"));
    }

    private static List<String> words(PretrainConfig recipe, double share) {
        return ScheduleScaling.changes(recipe, share).stream()
                .map(ScheduleScaling.Change::word)
                .toList();
    }

    private static TemperatureConfig temperature(PretrainConfig recipe) {
        return ((Wav2Vec2Config) recipe.method()).quantizer().temperature();
    }
}
