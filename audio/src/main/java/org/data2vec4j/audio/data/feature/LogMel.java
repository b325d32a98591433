package org.data2vec4j.audio.data.feature;

import org.data2vec4j.core.Check;

/**
 * The natural logarithm of mel band energies: windows of 25 ms (Hann, no pre-emphasis) every 10 ms, power spectrum, triangular
 * bands from 0 Hz to half the rate, evenly spaced on the mel scale {@code 2595·log10(1 + f/700)} (O'Shaughnessy 1987). Frame t
 * begins at sample {@code t·hop}: there are {@code 1 + (n − window)/hop} of them, and one, filled up with silence, for anything
 * shorter than a window. Energies are floored at 1e-10. Thread-safe.
 */
public final class LogMel {
    private static final double FLOOR = 1e-10;
    private static final double WINDOW_SECONDS = 0.025;
    private static final double HOP_SECONDS = 0.010;

    private final int window;
    private final int hop;
    private final int bands;
    private final double[] hann;
    private final double[][] filters; // bands × (points/2 + 1)
    private final int[] firstBin; // outside of these a band's filter is zero
    private final int[] endBin;
    private final Fft fft;
    private final int points;

    /** 80 bands at 16 kHz. */
    public LogMel() {
        this(16_000, 80);
    }

    /** {@code bands} bands at a rate in Hz, 1,000 or more. */
    public LogMel(int sampleRate, int bands) {
        Check.inRange("features.sample_rate", sampleRate, 1_000, 1_000_000);
        this.bands = Check.inRange("features.bands", bands, 1, 1024);
        this.window = (int) Math.round(WINDOW_SECONDS * sampleRate);
        this.hop = (int) Math.round(HOP_SECONDS * sampleRate);
        this.points = Integer.highestOneBit(window - 1) * 4; // the lowest bands are narrower than bins of the window
        this.fft = new Fft(points);
        this.hann = new double[window];
        for (int i = 0; i < window; i++) {
            hann[i] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / window);
        }
        this.filters = filters(sampleRate, bands, points);
        this.firstBin = new int[bands];
        this.endBin = new int[bands];
        for (int band = 0; band < bands; band++) {
            while (firstBin[band] < points / 2 && filters[band][firstBin[band]] == 0) {
                firstBin[band]++;
            }
            endBin[band] = points / 2 + 1;
            while (endBin[band] > firstBin[band] && filters[band][endBin[band] - 1] == 0) {
                endBin[band]--;
            }
        }
    }

    /** Samples per window. */
    public int window() {
        return window;
    }

    /** Samples between windows. */
    public int hop() {
        return hop;
    }

    /** The frames of a recording of {@code samples} samples. */
    public int frames(int samples) {
        return samples < window ? 1 : 1 + (samples - window) / hop;
    }

    /** The features of {@code count} samples from {@code samples[at]} on. */
    public AcousticFeatures of(float[] samples, int at, int count) {
        int frames = frames(count);
        float[] values = new float[frames * bands];
        double[] re = new double[points];
        double[] im = new double[points];
        double[] power = new double[points / 2 + 1];
        for (int frame = 0; frame < frames; frame++) {
            for (int i = 0; i < points; i++) {
                int place = frame * hop + i;
                re[i] = i < window && place < count ? samples[at + place] * hann[i] : 0;
                im[i] = 0;
            }
            fft.transform(re, im);
            for (int k = 0; k < power.length; k++) {
                power[k] = re[k] * re[k] + im[k] * im[k];
            }
            for (int band = 0; band < bands; band++) {
                double energy = 0;
                for (int k = firstBin[band]; k < endBin[band]; k++) {
                    energy += filters[band][k] * power[k];
                }
                values[frame * bands + band] = (float) Math.log(Math.max(energy, FLOOR));
            }
        }
        return new AcousticFeatures(frames, bands, values);
    }

    static double[][] filters(int sampleRate, int bands, int points) {
        double top = mel(sampleRate / 2.0);
        double[][] filters = new double[bands][points / 2 + 1];
        for (int band = 0; band < bands; band++) {
            double low = hertz(top * band / (bands + 1));
            double centre = hertz(top * (band + 1) / (bands + 1));
            double high = hertz(top * (band + 2) / (bands + 1));
            for (int k = 0; k < filters[band].length; k++) {
                double f = k * (double) sampleRate / points;
                filters[band][k] = Math.max(0, Math.min((f - low) / (centre - low), (high - f) / (high - centre)));
            }
        }
        return filters;
    }

    private static double mel(double hertz) {
        return 2595 * StrictMath.log10(1 + hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * (StrictMath.pow(10, mel / 2595) - 1);
    }
}
