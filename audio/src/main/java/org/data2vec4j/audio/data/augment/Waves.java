package org.data2vec4j.audio.data.augment;

import org.data2vec4j.core.Check;

/** Arithmetic of waveforms. */
final class Waves {
    private static final double EPSILON = 1e-5;

    private Waves() {}

    static double probability(double value) {
        return Check.inRange("probability", value, 0, 1);
    }

    static double mean(float[] samples) {
        double sum = 0;
        for (float x : samples) {
            sum += x;
        }
        return sum / Math.max(1, samples.length);
    }

    /** The mean square. */
    static double power(float[] samples) {
        double sum = 0;
        for (float x : samples) {
            sum += (double) x * x;
        }
        return sum / Math.max(1, samples.length);
    }

    static double deviation(float[] samples) {
        double mean = mean(samples);
        return Math.sqrt(Math.max(0, power(samples) - mean * mean));
    }

    /** Brings to mean 0 and variance 1, in place. */
    static void normalise(float[] samples) {
        double mean = mean(samples);
        double deviation = deviation(samples);
        double scale = 1 / Math.sqrt(deviation * deviation + EPSILON);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) ((samples[i] - mean) * scale);
        }
    }
}
