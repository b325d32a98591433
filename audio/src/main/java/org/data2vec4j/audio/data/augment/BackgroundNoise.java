package org.data2vec4j.audio.data.augment;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;

/**
 * Another recording behind the recording, from a random place on, repeated if it is shorter.
 *
 * @param probability that a recording gets it
 * @param source where the noises are: what a recipe's {@code data} can be; {@code synthetic} is speech of made-up voices
 * @param minDecibels least ratio of the recording's power to the noise's
 * @param maxDecibels greatest; uniform between
 */
@Kind("background")
public record BackgroundNoise(double probability, String source, double minDecibels, double maxDecibels)
        implements WaveChange {
    /** Checks the ranges. */
    public BackgroundNoise {
        Waves.probability(probability);
        Check.inRange("min_decibels", minDecibels, -100, 100);
        Check.inRange("max_decibels", maxDecibels, minDecibels, 100);
    }

    /** As published with data2vec-aqc, but for the noises. */
    public static BackgroundNoise defaults() {
        return new BackgroundNoise(0.8, "synthetic", 0, 15);
    }

    @Override
    public WaveFilter open() {
        NoiseRecordings noises = new NoiseRecordings(source);
        return (samples, rng) -> {
            float[] noise = noises.draw(rng);
            double ratio = Math.pow(10, rng.nextDouble(minDecibels, maxDecibels) / 10);
            double noisePower = Waves.power(noise);
            if (noisePower == 0) {
                return;
            }
            double scale = Math.sqrt(Waves.power(samples) / ratio / noisePower);
            int at = rng.nextInt(noise.length);
            for (int i = 0; i < samples.length; i++) {
                samples[i] += (float) (scale * noise[at]);
                at = at + 1 == noise.length ? 0 : at + 1;
            }
        };
    }
}
