package org.data2vec4j.audio.data;

import java.io.IOException;
import java.util.Arrays;

/**
 * Which recordings can be used, and how their samples are prepared.
 *
 * @param minSamples shorter recordings are refused
 * @param normalize whether each recording, as a whole, is brought to mean 0 and variance 1
 * @param normalizeEpsilon added to that variance
 * @param skipSilent whether recordings whose samples are all equal are refused
 */
public record ClipRules(int minSamples, boolean normalize, double normalizeEpsilon, boolean skipSilent) {
    /**
     * Refuses a recording that is too short.
     *
     * @throws IOException whose message says so
     */
    public void checkLength(int samples) throws IOException {
        if (samples < minSamples) {
            throw new IOException("the recording has " + samples + " samples at 16 kHz, and those of less than "
                    + minSamples + " are skipped");
        }
    }

    /** The whole recording, prepared; see {@link #apply(float[], int, int)}. */
    public float[] apply(float[] samples) throws IOException {
        return apply(samples, 0, samples.length);
    }

    /**
     * Part of a recording, by the mean and variance of all of it; a copy.
     *
     * @throws IOException whose message is the reason for which the recording cannot be used
     */
    public float[] apply(float[] samples, int from, int length) throws IOException {
        checkLength(samples.length);
        double sum = 0;
        float low = samples[0];
        float high = samples[0];
        for (float value : samples) {
            sum += value;
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (!Double.isFinite(sum)) {
            throw new IOException("the recording has samples that are not finite numbers");
        }
        if (low == high && skipSilent) {
            throw new IOException("the recording is silent: every sample is " + low);
        }
        float[] out = Arrays.copyOfRange(samples, from, from + length);
        if (normalize) {
            normalise(out, samples, sum / samples.length);
        }
        return out;
    }

    private void normalise(float[] out, float[] samples, double mean) {
        double squares = 0;
        for (float value : samples) {
            squares += (value - mean) * (value - mean);
        }
        double scale = 1 / Math.sqrt(squares / samples.length + normalizeEpsilon);
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) ((out[i] - mean) * scale);
        }
    }
}
