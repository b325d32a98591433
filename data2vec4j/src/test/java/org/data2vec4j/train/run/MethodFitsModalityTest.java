package org.data2vec4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.PretrainingMethod;
import org.data2vec4j.model.method.aqc.AqcConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.mae.MaeConfig;
import org.data2vec4j.model.method.roberta.RobertaConfig;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.nn.NormPlacement;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.train.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Recipes of images with methods of other data are refused when they are bound: nothing was opened or built. */
class MethodFitsModalityTest {
    private static final EncoderConfig ENCODER =
            new EncoderConfig(0, 12, 0, new BlockConfig(16, 2, 2, NormPlacement.POST, 1e-6, 0, 0, 0, 0));

    @TempDir
    Path folder;

    static Stream<Arguments> methodsOfOtherData() {
        return Stream.of(
                Arguments.of(RobertaConfig.defaults(), "roberta predicts the tokens of texts"),
                Arguments.of(Wav2Vec2Config.defaults(), "wav2vec2 quantises the features of recordings"),
                Arguments.of(AqcConfig.defaults(), "aqc changes the sound of recordings"),
                Arguments.of(Data2Vec1Config.texts(), "corruption is tokens, which only texts have"));
    }

    @ParameterizedTest
    @MethodSource("methodsOfOtherData")
    void aMethodOfOtherDataIsRefusedAtBinding(MethodConfig method, String reason) {
        TinyRun run = new TinyRun(folder).method(ENCODER, method);
        assertThatThrownBy(run::config)
                .isInstanceOf(UserException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("for other data")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aMethodOfImagesIsNotAndItsAdviceKnowsNoTeacher() {
        PretrainConfig config =
                new TinyRun(folder).method(ENCODER, MaeConfig.defaults()).config();
        assertThatCode(() -> config.method().checkFits(config.model())).doesNotThrowAnyException();
        try (Scope scope = Scope.open()) {
            PretrainingMethod method = config.build(Device.CPU);
            assertThat(method.collapseRemedy("target/deviation"))
                    .contains("images")
                    .doesNotContain("teacher");
            assertThat(method.encoders().preferred()).isSameAs(method.encoders().teacher());
            assertThat(new TinyRun(folder).config().build(Device.CPU).collapseRemedy("target/deviation"))
                    .contains("slow the teacher");
        }
    }
}
