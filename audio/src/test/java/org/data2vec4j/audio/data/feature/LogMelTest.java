package org.data2vec4j.audio.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class LogMelTest {
    private static float[] noise(int count, long seed) {
        Rng rng = Rng.of(seed);
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) rng.nextGaussian();
        }
        return samples;
    }

    @Test
    void theFastTransformIsTheTransform() {
        Rng rng = Rng.of(2);
        for (int n = 1; n <= 256; n *= 2) {
            double[] re = new double[n];
            double[] im = new double[n];
            for (int i = 0; i < n; i++) {
                re[i] = rng.nextGaussian();
                im[i] = rng.nextGaussian();
            }
            double[] fastRe = re.clone();
            double[] fastIm = im.clone();
            new Fft(n).transform(fastRe, fastIm);
            for (int k = 0; k < n; k++) {
                double sumRe = 0;
                double sumIm = 0;
                for (int i = 0; i < n; i++) {
                    double angle = -2 * Math.PI * k * i / n;
                    sumRe += re[i] * Math.cos(angle) - im[i] * Math.sin(angle);
                    sumIm += re[i] * Math.sin(angle) + im[i] * Math.cos(angle);
                }
                assertThat(fastRe[k]).isCloseTo(sumRe, within(1e-9));
                assertThat(fastIm[k]).isCloseTo(sumIm, within(1e-9));
            }
        }
        assertThatThrownBy(() -> new Fft(12)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void featuresAreThoseOfANaiveTransform() {
        float[] samples = noise(1_500, 1);
        AcousticFeatures features = new LogMel().of(samples, 0, samples.length);
        assertThat(features.frames()).isEqualTo(1 + (1_500 - 400) / 160);
        assertThat(features.width()).isEqualTo(80);
        int points = 1024;
        double[][] filters = LogMel.filters(16_000, 80, points);
        for (int frame : new int[] {0, 3, 6}) {
            for (int band : new int[] {0, 1, 17, 40, 79}) {
                double energy = 0;
                for (int k = 0; k <= points / 2; k++) {
                    double re = 0;
                    double im = 0;
                    for (int i = 0; i < 400 && filters[band][k] > 0; i++) {
                        double hann = Math.pow(Math.sin(Math.PI * i / 400), 2);
                        double value = samples[frame * 160 + i] * hann;
                        re += value * Math.cos(2 * Math.PI * k * i / points);
                        im += value * Math.sin(2 * Math.PI * k * i / points);
                    }
                    energy += filters[band][k] * (re * re + im * im);
                }
                assertThat((double) features.values()[frame * 80 + band]).isCloseTo(Math.log(energy), within(1e-5));
            }
        }
    }

    @Test
    void everyBandHearsSomethingAndNeighboursShareItAll() {
        double[][] filters = LogMel.filters(16_000, 80, 1024);
        for (int band = 0; band < 80; band++) {
            double sum = 0;
            for (double weight : filters[band]) {
                sum += weight;
            }
            assertThat(sum).as("band " + band).isGreaterThan(0.5);
        }
        for (int k = 10; k < 470; k++) { // between the first and the last centre
            double sum = 0;
            for (double[] filter : filters) {
                sum += filter[k];
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void aToneLightsItsBand() {
        float[] tone = new float[16_000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) Math.sin(2 * Math.PI * 1000 * i / 16_000);
        }
        AcousticFeatures features = new LogMel().of(tone, 0, tone.length);
        int best = 0;
        for (int band = 1; band < 80; band++) {
            best = features.values()[band] > features.values()[best] ? band : best;
        }
        double centre = 700 * (Math.pow(10, 2840.0 * (best + 1) / 81 / 2595) - 1);
        assertThat(centre).isBetween(960.0, 1040.0);
    }

    @Test
    void shortSilentAndShiftedRecordings() {
        LogMel mel = new LogMel();
        assertThat(mel.frames(0)).isEqualTo(1);
        assertThat(mel.frames(400)).isEqualTo(1);
        assertThat(mel.frames(560)).isEqualTo(2);
        assertThat(mel.window()).isEqualTo(400);
        assertThat(mel.hop()).isEqualTo(160);
        assertThat(mel.of(new float[1_000], 0, 1_000).values()).containsOnly((float) Math.log(1e-10));
        assertThat(mel.of(new float[] {1}, 0, 1).frames()).isEqualTo(1);
        float[] samples = noise(2_000, 4);
        float[] later = new float[2_100];
        System.arraycopy(samples, 0, later, 100, 2_000);
        assertThat(mel.of(later, 100, 2_000).values())
                .isEqualTo(mel.of(samples, 0, 2_000).values());
        assertThat(new LogMel(8_000, 40).of(samples, 0, 2_000).width()).isEqualTo(40);
        assertThatThrownBy(() -> new LogMel(10, 80)).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> new LogMel(16_000, 0)).isInstanceOf(UserException.class);
    }
}
