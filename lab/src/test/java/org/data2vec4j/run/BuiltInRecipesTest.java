package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.Recipe;
import org.data2vec4j.config.ConfigDiff;
import org.data2vec4j.config.YamlWriter;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.finetune.FineTuneConfig;
import org.data2vec4j.lab.ablate.AblationConfig;
import org.data2vec4j.lab.race.RaceConfig;
import org.data2vec4j.recipe.Recipes;
import org.data2vec4j.train.run.PretrainConfig;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInRecipesTest {
    static List<String> names() {
        return Recipes.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void bindsAndSurvivesBeingSavedResolved(String name, @TempDir Path folder) throws Exception {
        Class<? extends Record> kind = kind(name);
        Record config = Recipe.load(name, List.of()).bind(kind);
        Path saved = folder.resolve("config.yaml");
        Files.writeString(saved, YamlWriter.write(config));
        Record again = Recipe.load(saved.toString(), List.of()).bind(kind);
        assertThat(again).isEqualTo(config);
        assertThat(ConfigDiff.between(config, again)).isEmpty();
        assertThat(Recipes.headline(Recipes.text(name))).isNotBlank();
    }

    /** What a recipe sets up, as its own example command says. */
    private static Class<? extends Record> kind(String name) {
        String text = Recipes.text(name);
        if (text.contains("d2v ablate recipe=" + name)) {
            return AblationConfig.class;
        }
        if (text.contains("d2v race recipe=" + name)) {
            return RaceConfig.class;
        }
        return text.contains("d2v finetune recipe=" + name) ? FineTuneConfig.class : PretrainConfig.class;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train.batches=3 | command line: unknown key train.batches",
                "train.batch=many | train.batch: expected an integer, found many",
                "data2vec2.mask.ratio=1.5 | command line: data2vec2.mask.ratio is 1.5; allowed: above 0 and below 1",
                "data2vec2.clones=0 | command line: data2vec2.clones is 0; allowed: 1 to 1024",
                "train.updates=-5 | command line: train.updates is -5; allowed: 1 or more",
                "model.block.heads=3 | command line: model.block.heads is 3 but width is 128; heads must divide width",
                "data2vec2.targets.layers=9 | command line: data2vec2.targets.layers is 9 but model.depth is",
                "image.patch=5 | command line: image.patch is 5 but size is 32; the patch must divide the size",
                "data2vec2.decoder.groups=7 | command line: data2vec2.decoder.groups is 7 but width is"
            })
    void wrongSettingsAreOneLineThatSaysWhat(String override, String message) {
        assertThatThrownBy(() -> Recipe.load("image-tiny", List.of(override)).bind(PretrainConfig.class))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
