package org.data2vec4j.audio.data.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioResamplerTest {
    private static final int TO = 16_000;

    private static float[] sine(double hertz, int rate, int count) {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) Math.sin(2 * Math.PI * hertz * i / rate + 0.3);
        }
        return samples;
    }

    /** The largest deviation from a signal away from the edges, where silence begins. */
    private static double deviation(float[] actual, float[] expected) {
        double worst = 0;
        for (int i = 400; i < actual.length - 400; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        return worst;
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 12_345, 22_050, 32_000, 44_100, 48_000, 96_000, 15_999, 192_000})
    void sinesKeepAmplitudeAndPhase(int rate) {
        double band = 0.9 * Math.min(rate, TO) / 2;
        for (double hertz : new double[] {50, 440, 1234.5, 0.5 * band, band}) {
            float[] out = AudioResampler.resample(sine(hertz, rate, rate / 4), rate, TO);
            assertThat(out).hasSize((rate / 4 * TO + rate - 1) / rate);
            assertThat(deviation(out, sine(hertz, TO, out.length))).isLessThan(1e-3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {22_050, 32_000, 44_100, 48_000, 96_000})
    void whatTheNewRateCannotHoldIsGone(int rate) {
        for (double hertz : new double[] {8_010, 9_000, 10_500, rate / 2.0 - 100}) {
            float[] out = AudioResampler.resample(sine(hertz, rate, rate / 4), rate, TO);
            assertThat(deviation(out, new float[out.length])).isLessThan(1e-3); // −60 dB
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 22_050, 44_100, 15_999, 48_000})
    void aConstantStaysWhatItIs(int rate) {
        float[] ones = new float[rate / 4];
        Arrays.fill(ones, 1);
        float[] out = AudioResampler.resample(ones, rate, TO);
        for (int i = 400; i < out.length - 400; i++) {
            assertThat((double) out[i]).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void anImageOfTheOldRateIsGoneToo() {
        // 3 kHz at 8 kHz has an image at 5 kHz: correlate with it
        float[] out = AudioResampler.resample(sine(3_000, 8_000, 8_000), 8_000, TO);
        double re = 0;
        double im = 0;
        for (int i = 1_000; i < 15_000; i++) {
            re += out[i] * Math.cos(2 * Math.PI * 5_000 * i / TO);
            im += out[i] * Math.sin(2 * Math.PI * 5_000 * i / TO);
        }
        assertThat(2 * Math.hypot(re, im) / 14_000).isLessThan(1e-3);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 15_999, 44_100, 48_000, 7_919})
    void piecesGiveWhatTheWholeGives(int rate) {
        Rng rng = Rng.of(3, rate);
        float[] in = new float[9_000];
        for (int i = 0; i < in.length; i++) {
            in[i] = (float) rng.nextGaussian();
        }
        float[] whole = AudioResampler.resample(in, rate, TO);
        assertThat(whole).hasSize((int) AudioResampler.length(in.length, rate, TO));
        AudioResampler resampler = new AudioResampler(rate, TO);
        float[] pieces = new float[whole.length];
        int at = 0;
        int from = 0;
        while (from < in.length) {
            int count = Math.min(rng.nextInt(700), in.length - from);
            float[] out = resampler.push(in, from, count);
            System.arraycopy(out, 0, pieces, at, out.length);
            at += out.length;
            from += count;
        }
        float[] rest = resampler.finish();
        System.arraycopy(rest, 0, pieces, at, rest.length);
        assertThat(at + rest.length).isEqualTo(whole.length);
        assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void shortSignalsAndEqualRates() {
        assertThat(AudioResampler.resample(new float[0], 8_000, TO)).isEmpty();
        assertThat(AudioResampler.resample(new float[] {1}, 8_000, TO)).hasSize(2);
        assertThat(AudioResampler.resample(new float[] {1}, 48_000, TO)).hasSize(1);
        assertThat(AudioResampler.resample(new float[4], 48_000, TO)).hasSize(2);
        assertThat(AudioResampler.resample(new float[] {1, 2}, TO, TO)).containsExactly(1, 2);
        assertThatThrownBy(() -> new AudioResampler(0, TO)).isInstanceOf(UserException.class);
    }
}
