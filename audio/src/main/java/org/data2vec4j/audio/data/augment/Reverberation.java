package org.data2vec4j.audio.data.augment;

import org.data2vec4j.audio.data.decode.AudioStream;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Rng;

/**
 * A made-up room: parallel combs whose echoes lose their high tones, then two all-passes (Schroeder, "Natural sounding artificial
 * reverberation", 1962; Moorer, 1979, for the loss). A few sums to a sample, where a convolution would be thousands.
 *
 * @param probability that a recording gets it
 * @param minSeconds shortest time in which echoes fall by 60 dB
 * @param maxSeconds longest; uniform between
 * @param wet greatest share of the room in what is heard, uniform from 0
 */
@Kind("reverberation")
public record Reverberation(double probability, double minSeconds, double maxSeconds, double wet)
        implements WaveChange {
    private static final double[] COMBS = {0.0297, 0.0371, 0.0411, 0.0437};
    private static final double[] ALL_PASSES = {0.005, 0.0017};
    private static final double ALL_PASS_GAIN = 0.7;
    private static final double MOST_DAMPED = 0.7;

    /** Checks the ranges. */
    public Reverberation {
        Waves.probability(probability);
        Check.inRange("min_seconds", minSeconds, 0.01, 60);
        Check.inRange("max_seconds", maxSeconds, minSeconds, 60);
        Check.inRange("wet", wet, 0, 1);
    }

    /** The probability published with data2vec-aqc, and rooms from small to a hall. */
    public static Reverberation defaults() {
        return new Reverberation(0.7, 0.1, 1.0, 0.6);
    }

    @Override
    public WaveFilter open() {
        return this::reverberate;
    }

    private void reverberate(float[] samples, Rng rng) {
        double seconds = rng.nextDouble(minSeconds, maxSeconds);
        double damping = rng.nextDouble(0, MOST_DAMPED);
        double share = rng.nextDouble(0, wet);
        float[] room = new float[samples.length];
        for (double delay : COMBS) {
            double gain = Math.pow(10, -3 * delay / seconds); // 60 dB after so many round trips
            comb(samples, room, samples(delay), gain, damping);
        }
        for (double delay : ALL_PASSES) {
            allPass(room, samples(delay));
        }
        double loudness = Math.sqrt(Waves.power(samples) / Math.max(Waves.power(room), 1e-12));
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) ((1 - share) * samples[i] + share * loudness * room[i]);
        }
    }

    private static int samples(double seconds) {
        return (int) Math.round(seconds * AudioStream.SAMPLE_RATE);
    }

    /** Adds an echo of an echo of …, each duller than the one before. */
    private static void comb(float[] in, float[] out, int delay, double gain, double damping) {
        double[] line = new double[delay];
        double dull = 0;
        for (int i = 0, at = 0; i < in.length; i++) {
            double echo = line[at];
            dull = echo * (1 - damping) + dull * damping;
            line[at] = in[i] + gain * dull;
            at = at + 1 == delay ? 0 : at + 1;
            out[i] += (float) echo;
        }
    }

    private static void allPass(float[] x, int delay) {
        double[] line = new double[delay];
        for (int i = 0, at = 0; i < x.length; i++) {
            double late = line[at];
            double y = late - ALL_PASS_GAIN * x[i];
            line[at] = x[i] + ALL_PASS_GAIN * y;
            at = at + 1 == delay ? 0 : at + 1;
            x[i] = (float) y;
        }
    }
}
