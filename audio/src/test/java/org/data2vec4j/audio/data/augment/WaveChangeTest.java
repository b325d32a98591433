package org.data2vec4j.audio.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaveChangeTest {
    private static float[] tone(int samples, double loudness) {
        Rng rng = Rng.of(5, samples);
        float[] tone = new float[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (float) (loudness * (Math.sin(i * 0.2) + 0.1 * rng.nextGaussian()));
        }
        return tone;
    }

    private static float[] changed(WaveChange change, float[] samples, long seed) {
        float[] copy = samples.clone();
        change.open().apply(copy, Rng.of(seed, 1));
        return copy;
    }

    private static double difference(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum / a.length;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 30})
    void noiseIsAShareOfTheRecording(double loudness) {
        float[] samples = tone(40_000, loudness);
        float[] noisy = changed(new GaussianNoise(1, 0.5, 0.5), samples, 3);
        assertThat(Math.sqrt(difference(noisy, samples)) / Waves.deviation(samples))
                .isCloseTo(0.5, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"0", "10", "-5"})
    void backgroundHasTheRatioAskedFor(double decibels) {
        float[] samples = tone(20_000, 3);
        float[] mixed = changed(new BackgroundNoise(1, "synthetic:5", decibels, decibels), samples, 3);
        // The noise's power is that of the part that was mixed in, roughly that of the whole recording.
        double ratio = 10 * Math.log10(Waves.power(samples) / difference(mixed, samples));
        assertThat(ratio).isCloseTo(decibels, within(4.0));
    }

    @Test
    void roomsRingOnAndStayInMeasure() {
        float[] click = new float[16_000];
        click[100] = 1;
        float[] room = changed(new Reverberation(1, 0.5, 0.5, 1), click, 3);
        assertThat(Arrays.copyOf(room, 100)).containsOnly(0);
        assertThat(energy(room, 1000, 3000)).isPositive();
        // 60 dB in half a second: a quarter of a second later a thousandth of the energy is left, and less of the
        // damped tones.
        assertThat(energy(room, 9000, 11_000)).isLessThan(0.01 * energy(room, 1000, 3000));
        for (long seed = 0; seed < 50; seed++) {
            float[] samples = tone(8_000, 1);
            float[] heard = changed(Reverberation.defaults(), samples, seed);
            assertThat(Waves.power(heard) / Waves.power(samples)).isBetween(0.05, 4.0);
        }
    }

    private static double energy(float[] samples, int from, int to) {
        return Waves.power(Arrays.copyOfRange(samples, from, to));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,7", "10,1", "100,7", "100,33", "5,64", "1000,200"})
    void convolutionIsWhatLoopsSay(int length, int taps) {
        float[] x = tone(length, 1);
        float[] response = tone(taps, 0.5);
        float[] y = Convolution.of(x, response);
        assertThat(y).hasSize(length);
        for (int i = 0; i < length; i++) {
            double sum = 0;
            for (int k = 0; k <= Math.min(i, taps - 1); k++) {
                sum += response[k] * x[i - k];
            }
            assertThat((double) y[i]).isCloseTo(sum, within(1e-4));
        }
    }

    @Test
    void anImpulseResponseThatIsAnImpulseChangesNothing(@TempDir Path folder) throws IOException {
        float[] impulse = new float[400];
        impulse[300] = 0.5f;
        wav(folder.resolve("impulse.wav"), impulse);
        float[] samples = tone(3_000, 2);
        float[] heard = changed(new ImpulseResponse(1, folder.toString(), 0.5), samples, 3);
        assertThat(heard).containsExactly(samples, within(1e-3f));
        impulse[350] = 0.4f;
        wav(folder.resolve("impulse.wav"), impulse);
        float[] echoed = changed(new ImpulseResponse(1, folder.toString(), 0.5), samples, 3);
        assertThat(difference(echoed, samples)).isGreaterThan(0.1);
        assertThat(Waves.power(echoed)).isCloseTo(Waves.power(samples), within(1e-2));
        float[] cut = changed(new ImpulseResponse(1, folder.toString(), 0.001), samples, 3);
        assertThat(cut).as("the echo is behind what is used").containsExactly(samples, within(1e-3f));
    }

    private static void wav(Path file, float[] samples) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
        bytes.putShort((short) 2).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
        for (float sample : samples) {
            bytes.putShort((short) Math.round(sample * 32_767));
        }
        Files.write(file, bytes.array());
    }

    @Test
    void aRecordingsChangeDependsOnItsKeyAlone() {
        WaveChanger changer = new WaveChanger(WaveChange.published("synthetic:5"), 7);
        int[] lengths = {900, 500, 700};
        float[] batch = tone(3 * 900, 1);
        float[] all = changer.change(batch, 900, lengths, new long[] {11, 12, 13}, 4);
        float[] second = Arrays.copyOfRange(batch, 900, 1400);
        float[] alone = changer.change(second, 500, null, new long[] {12}, 4);
        assertThat(Arrays.copyOfRange(all, 900, 1400)).containsExactly(alone);
        assertThat(Arrays.copyOfRange(all, 1400, 1800))
                .as("padding")
                .containsExactly(Arrays.copyOfRange(batch, 1400, 1800));
        assertThat(new WaveChanger(WaveChange.published("synthetic:5"), 7)
                        .change(second, 500, null, new long[] {12}, 4))
                .containsExactly(alone);
        assertThat(changer.change(second, 500, null, new long[] {12}, 5)).isNotEqualTo(alone);
        assertThat(changer.change(second, 500, null, new long[] {13}, 4)).isNotEqualTo(alone);
        assertThat(new WaveChanger(WaveChange.published("synthetic:5"), 8)
                        .change(second, 500, null, new long[] {12}, 4))
                .isNotEqualTo(alone);
    }

    @Test
    void changedRecordingsAreNormalisedAndOthersLeftAlone() {
        float[] samples = tone(4_000, 5);
        float[] noisy = new WaveChanger(List.of(new GaussianNoise(1, 0.2, 0.3)), 7)
                .change(samples, 4_000, null, new long[] {1}, 0);
        assertThat(Waves.mean(noisy)).isCloseTo(0, within(1e-5));
        assertThat(Waves.deviation(noisy)).isCloseTo(1, within(1e-3));
        assertThat(new WaveChanger(List.of(new GaussianNoise(0, 0.2, 0.3)), 7)
                        .change(samples, 4_000, null, new long[] {1}, 0))
                .containsExactly(samples);
        assertThat(new WaveChanger(List.of(), 7).change(samples, 4_000, null, new long[] {1}, 0))
                .containsExactly(samples);
    }

    @Test
    void changesHappenAsOftenAsAsked() {
        WaveChanger changer = new WaveChanger(List.of(new GaussianNoise(0.3, 0.5, 0.5)), 7);
        float[] samples = tone(50, 1);
        int changed = 0;
        for (int id = 0; id < 2000; id++) {
            changed += Arrays.equals(changer.change(samples, 50, null, new long[] {id}, 0), samples) ? 0 : 1;
        }
        assertThat(changed / 2000.0).isCloseTo(0.3, within(0.03));
    }

    @Test
    void wrongSettingsAreRefused(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> new GaussianNoise(1.5, 0, 1))
                .isInstanceOf(UserException.class)
                .hasMessage("probability is 1.5; allowed: 0 to 1");
        assertThatThrownBy(() -> new GaussianNoise(1, 0.5, 0.4)).hasMessageContaining("high is 0.4");
        assertThatThrownBy(() -> new Reverberation(1, 0, 1, 1)).hasMessageContaining("min_seconds is 0");
        assertThatThrownBy(() -> new Reverberation(1, 2, 1, 1)).hasMessageContaining("max_seconds is 1");
        assertThatThrownBy(() -> new Reverberation(1, 1, 1, 2)).hasMessageContaining("wet is 2");
        assertThatThrownBy(() -> new BackgroundNoise(1, "synthetic", 5, 1)).hasMessageContaining("max_decibels");
        assertThatThrownBy(() -> new ImpulseResponse(1, "synthetic", 0)).hasMessageContaining("max_seconds is 0");
        String absent = folder.resolve("absent").toString();
        assertThatThrownBy(() -> new BackgroundNoise(1, absent, 0, 1).open())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("does not exist");
        Files.writeString(folder.resolve("broken.wav"), "no recording");
        assertThatThrownBy(() -> changed(new BackgroundNoise(1, folder.toString(), 0, 1), tone(10, 1), 1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("recordings in a row cannot be used")
                .hasMessageContaining("broken.wav");
    }
}
