package org.data2vec4j.audio.data.augment;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;

/**
 * White noise, whose deviation is a share of the recording's own.
 *
 * @param probability that a recording gets it
 * @param low least share
 * @param high greatest share; uniform between
 */
@Kind("noise")
public record GaussianNoise(double probability, double low, double high) implements WaveChange {
    /** Checks the ranges. */
    public GaussianNoise {
        Waves.probability(probability);
        Check.inRange("low", low, 0, 100);
        Check.inRange("high", high, low, 100);
    }

    /** As published with data2vec-aqc. */
    public static GaussianNoise defaults() {
        return new GaussianNoise(0.6, 0.001, 0.7);
    }

    @Override
    public WaveFilter open() {
        return (samples, rng) -> {
            double deviation = rng.nextDouble(low, high) * Waves.deviation(samples);
            for (int i = 0; i < samples.length; i++) {
                samples[i] += (float) (deviation * rng.nextGaussian());
            }
        };
    }
}
