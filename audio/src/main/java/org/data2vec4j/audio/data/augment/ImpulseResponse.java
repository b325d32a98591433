package org.data2vec4j.audio.data.augment;

import java.util.Arrays;
import org.data2vec4j.audio.data.decode.AudioStream;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Kind;

/**
 * A real room: convolution with a recorded impulse response, which begins at its loudest sample, so that nothing is delayed, and is
 * scaled so that the recording stays as loud.
 *
 * @param probability that a recording gets it
 * @param source where the responses are: what a recipe's {@code data} can be
 * @param maxSeconds what of a response is used
 */
@Kind("impulse_response")
public record ImpulseResponse(double probability, String source, double maxSeconds) implements WaveChange {
    /** Checks the ranges. */
    public ImpulseResponse {
        Waves.probability(probability);
        Check.inRange("max_seconds", maxSeconds, 0.001, 60);
    }

    @Override
    public WaveFilter open() {
        NoiseRecordings responses = new NoiseRecordings(source);
        return (samples, rng) -> {
            double before = Waves.power(samples);
            float[] changed = Convolution.of(samples, direct(responses.draw(rng)));
            double after = Waves.power(changed);
            double scale = after == 0 ? 1 : Math.sqrt(before / after);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) (scale * changed[i]);
            }
        };
    }

    private float[] direct(float[] response) {
        int loudest = 0;
        for (int i = 1; i < response.length; i++) {
            loudest = Math.abs(response[i]) > Math.abs(response[loudest]) ? i : loudest;
        }
        long most = Math.round(maxSeconds * AudioStream.SAMPLE_RATE);
        return Arrays.copyOfRange(response, loudest, (int) Math.min(response.length, loudest + most));
    }
}
