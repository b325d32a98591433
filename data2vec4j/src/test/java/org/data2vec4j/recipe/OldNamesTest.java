package org.data2vec4j.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.Recipe;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.image.finetune.ImageClassesConfig;
import org.data2vec4j.train.run.PretrainConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes, words of commands and run directories of earlier versions, whose keys have other names now. */
class OldNamesTest {
    @Test
    void wordsOfACommand() {
        Recipe recipe = Recipe.load(
                "image-tiny",
                List.of("optimiser.learning_rate=0.01", "train.observe_every=7", "guard.min_target_deviation=0.2"));
        PretrainConfig config = recipe.bind();
        assertThat(config.optimizer().learningRate()).isEqualTo(0.01);
        assertThat(config.train().diagnoseEvery()).isEqualTo(7);
        assertThat(config.guard().minTargetStd()).isEqualTo(0.2);
        assertThat(recipe.oldNamesNote())
                .isEqualTo("old names are still read: optimiser is now optimizer, train.observe_every is now"
                        + " train.diagnose_every, guard.min_target_deviation is now guard.min_target_std");
        assertThat(Recipe.load("image-tiny").oldNamesNote()).isEmpty();
        assertThatThrownBy(() -> Recipe.load("image-tiny", List.of("optimiser.learning_rate=-1"))
                        .bind())
                .hasMessage("command line: optimizer.learning_rate is -1; allowed: above 0");
    }

    @Test
    void everyBuiltInRecipeAsEarlierVersionsResolvedIt(@TempDir Path folder) throws Exception {
        Object[][] cases = {
            {"image-tiny", PretrainConfig.class},
            {"audio-tiny", PretrainConfig.class},
            {"audio-v1-tiny", PretrainConfig.class},
            {"wav2vec2-base", PretrainConfig.class},
            {"mae-base", PretrainConfig.class},
            {"audio-tiny-ctc", FineTuneConfig.class},
            {"image-tiny-classes", FineTuneConfig.class}
        };
        for (Object[] one : cases) {
            Class<?> type = (Class<?>) one[1];
            Record now = (Record) Recipe.load((String) one[0], List.of()).bind(type);
            String old = YamlWriter.write(now)
                    .replace("optimizer:", "optimiser:")
                    .replace("diagnose_every:", "observe_every:")
                    .replace("feature_encoder:", "front_end:")
                    .replace("behind_feature_encoder", "behind_front_end")
                    .replace("  corruption:", "  hiding:")
                    .replace("  quantizer:", "  quantiser:")
                    .replace("normalize_pixels:", "normalise_pixels:")
                    .replace("min_target_std:", "min_target_deviation:")
                    .replace("min_prediction_std:", "min_prediction_deviation:")
                    .replace("      std:", "      deviation:")
                    .replace("images:\n", "pictures:\n")
                    .replace(
                            "evaluate:\n  every_updates: 0\n",
                            type == FineTuneConfig.class ? "evaluate_every: 0\n" : "evaluate:\n  every_updates: 0\n");
            Path file = Files.writeString(folder.resolve("config.yaml"), old);
            Recipe recipe = Recipe.load(file.toString());
            assertThat(recipe.bind(type)).as("%s", one[0]).isEqualTo(now);
            assertThat(recipe.oldNames()).contains("optimiser is now optimizer");
        }
    }

    @Test
    void oldAndNewNamesMixInLayers(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"), "extends: image-tiny-classes\npictures: {size: 24}\nevaluate_every: 5\n");
        FineTuneConfig config = Recipe.load(
                        file.toString(),
                        List.of("from=x", "data=y", "images.drop_path=0.25", "evaluate.every_updates=6"))
                .bindFineTuning();
        ImageClassesConfig classes = (ImageClassesConfig) config.task();
        assertThat(classes.size()).hasToString("24");
        assertThat(classes.dropPath()).isEqualTo(0.25);
        assertThat(config.evaluate().everyUpdates()).isEqualTo(6);
    }
}
