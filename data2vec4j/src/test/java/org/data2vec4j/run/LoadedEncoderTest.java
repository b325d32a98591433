package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.Recipe;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.train.run.PretrainConfig;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An encoder that is loaded alone is the encoder of the whole method. */
class LoadedEncoderTest {
    @TempDir
    Path folder;

    /** One recipe for each part of the student that a teacher averages, and one without a teacher. */
    @ParameterizedTest
    @ValueSource(strings = {"image-v1-tiny", "audio-tiny", "audio-v1-tiny", "text-v1-tiny", "mae-tiny"})
    void parametersAreThoseOfTheWholeMethod(String recipe) {
        OpenedRun run = OpenedRun.open(trained(recipe), "cpu");
        try (LoadedPretraining whole = LoadedPretraining.open(run.path(), "cpu")) {
            Map<String, Encoder> all = whole.encoders(WeightsChoice.ALL);
            all.forEach((name, expected) -> {
                try (LoadedEncoder alone = LoadedEncoder.of(run, WeightsChoice.one(name))) {
                    assertThat(alone.name()).isEqualTo(name);
                    assertThat(alone.encoder().parameters().keySet())
                            .isEqualTo(expected.parameters().keySet());
                    alone.encoder()
                            .parameters()
                            .forEach((parameter, value) -> assertThat(
                                            value.value().toFloats())
                                    .as("%s of the %s", parameter, name)
                                    .containsExactly(expected.parameters()
                                            .get(parameter)
                                            .value()
                                            .toFloats()));
                }
            });
            try (LoadedEncoder preferred = LoadedEncoder.of(run, WeightsChoice.PREFERRED)) {
                assertThat(preferred.name()).isEqualTo(all.keySet().iterator().next());
            }
            assertThatThrownBy(() -> LoadedEncoder.of(run, WeightsChoice.one("decoder")))
                    .isInstanceOf(UserException.class)
                    .hasMessage("weights is 'decoder'; allowed: " + String.join(", ", all.keySet()) + ", both");
        }
    }

    private Path trained(String recipe) {
        Path run = folder.resolve(recipe);
        List<String> words = new ArrayList<>(List.of(
                "run=" + run,
                "train.updates=2",
                "train.batch=4",
                "train.threads=1",
                "model.depth=2",
                "model.block.width=16",
                "model.block.heads=2",
                "device=cpu",
                "precision=fp32"));
        words.addAll(
                switch (recipe) {
                    case "image-v1-tiny" ->
                        List.of(
                                "data=synthetic:20",
                                "image.size=16",
                                "model.bias.reach=3",
                                "data2vec1.targets.layers=2");
                    case "mae-tiny" -> List.of("data=synthetic:20", "image.size=16");
                    case "audio-tiny" ->
                        speech(
                                "data2vec2.clones=2",
                                "data2vec2.targets.layers=2",
                                "data2vec2.decoder.width=16",
                                "data2vec2.decoder.groups=2");
                    case "audio-v1-tiny" -> speech("data2vec1.targets.layers=2");
                    default ->
                        List.of(
                                "data=synthetic:60",
                                "text.vocabulary=300",
                                "text.length=16",
                                "data2vec1.targets.layers=2");
                });
        PretrainConfig config = Recipe.load(recipe, words).bind(PretrainConfig.class);
        new PretrainRun(config, new PrintWriter(Writer.nullWriter())).train();
        return run;
    }

    private static List<String> speech(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "data=synthetic-units:20",
                "audio.min_seconds=0.1",
                "audio.min_crop_seconds=0.2",
                "audio.max_seconds=0.5",
                "audio.batch_seconds=3",
                "model.positions.layers=1",
                "model.positions.groups=2"));
        words.addAll(List.of(more));
        return words;
    }
}
