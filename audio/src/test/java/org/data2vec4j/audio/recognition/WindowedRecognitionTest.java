package org.data2vec4j.audio.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.data2vec4j.audio.data.decode.AudioStream;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.audio.model.AudioFeatureEncoder;
import org.data2vec4j.audio.model.ConvLayer;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.AttentionBiasConfig;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.encoder.EncoderConfig;
import org.data2vec4j.model.encoder.PositionsConfig;
import org.data2vec4j.model.mask.Compat;
import org.data2vec4j.model.nn.BlockConfig;
import org.data2vec4j.model.task.FreezeConfig;
import org.data2vec4j.model.task.TokenMaskConfig;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowedRecognitionTest {
    private static final AudioConfig AUDIO = new AudioConfig(
            16_000,
            List.of(new ConvLayer(8, 10, 5), new ConvLayer(8, 8, 8), new ConvLayer(8, 8, 8)),
            AudioConfig.ExtractorNorm.LAYER,
            false,
            0,
            1,
            Compat.NONE);
    private static final int STEP = 320;

    private Scope scope;
    private CtcModel model;

    @BeforeEach
    void build() {
        Native.threads(1); // tiny products: waiting for a second thread costs more than it gives
        scope = Scope.open();
        EncoderConfig encoder = new EncoderConfig(
                0,
                1,
                0,
                BlockConfig.of(8, 2),
                new PositionsConfig.Conv(1, 3, 2, false),
                new AttentionBiasConfig.Alibi(AttentionBiasConfig.Alibi.Scale.PER_HEAD, 1000),
                0,
                0);
        model = new CtcModel(
                new CtcConfig(0, null, new TokenMaskConfig(0, 1, 0, 1), new FreezeConfig(false, 0)),
                new Encoder(new AudioFeatureEncoder(AUDIO, 8), encoder),
                5,
                1,
                Device.CPU);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private float[][] run(byte[] wav, boolean normalize, double window, double overlap) throws IOException {
        try (AudioStream stream = AudioStream.open(wav)) {
            return new WindowedRecognition(model, AUDIO, normalize, 1e-5, DType.F32, Device.CPU, window, overlap)
                    .logProbabilities(stream);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {399, 400, 5_000, 16_000, 16_001, 19_200, 25_600, 32_000, 35_000, 44_799, 48_000, 60_123})
    void everyFrameOfARecordingComesOnceHoweverItIsCut(int samples) throws IOException {
        float[][] logs = run(noise(samples), true, 1, 0.1);
        assertThat(logs).hasNumberOfRows(AUDIO.tokens(samples));
    }

    @Test
    void whatFitsAWindowIsAsIfThereWereNone() throws IOException {
        byte[] wav = noise(20_000);
        assertThat(run(wav, true, 3, 0.5)).isDeepEqualTo(run(wav, true, 60, 0.5));
    }

    @Test
    void withAttentionToNeighboursOnlyWindowsGiveWhatTheWholeGives() throws IOException {
        byte[] wav = noise(60_000); // the bias by distance, times 100, leaves a place nothing but itself
        float[][] whole = run(wav, false, 60, 1);
        float[][] windows = run(wav, false, 1, 0.2);
        assertThat(windows).hasNumberOfRows(whole.length);
        for (int t = 0; t < whole.length; t++) {
            for (int v = 0; v < 5; v++) {
                assertThat(windows[t][v]).as("frame %d", t).isCloseTo(whole[t][v], within(1e-4f));
            }
        }
    }

    @Test
    void windowsMustBeLongerThanTheirOverlaps() {
        assertThatThrownBy(() -> run(noise(1000), true, 2, 1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("longer than its two overlaps");
        assertThat(STEP).isEqualTo(AUDIO.samplesPerToken());
    }

    private static byte[] noise(int samples) {
        Rng rng = Rng.of(4, samples);
        ByteBuffer out = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
        out.putShort((short) 2).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            out.putShort((short) (8_000 * rng.nextGaussian()));
        }
        return out.array();
    }
}
