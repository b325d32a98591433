package org.data2vec4j.audio.recognition;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.audio.data.decode.AudioStream;
import org.data2vec4j.audio.model.AudioConfig;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Autocast;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * A recogniser over a stream of any length: windows that overlap, of each only the frames in the middle, so that every frame was seen
 * with context on both sides. One window is in memory at a time.
 */
public final class WindowedRecognition {
    private final CtcModel model;
    private final AudioConfig audio;
    private final boolean normalize;
    private final double normalizeEpsilon;
    private final DType products;
    private final Device device;
    private final int window;
    private final int margin;

    /**
     * A recogniser by windows.
     *
     * @param normalize whether each window is brought to mean 0 and variance 1
     * @param normalizeEpsilon added to that variance
     * @param windowSeconds what the model sees at a time
     * @param overlapSeconds what at each end of a window is context only
     */
    public WindowedRecognition(
            CtcModel model,
            AudioConfig audio,
            boolean normalize,
            double normalizeEpsilon,
            DType products,
            Device device,
            double windowSeconds,
            double overlapSeconds) {
        Check.inRange("window", windowSeconds, 0.5, 600);
        Check.inRange("overlap", overlapSeconds, 0, 60);
        if (windowSeconds <= 2 * overlapSeconds) {
            throw new UserException("window is " + windowSeconds + " s and overlap " + overlapSeconds
                    + " s; a window must be longer than its two overlaps");
        }
        this.model = model;
        this.audio = audio;
        this.normalize = normalize;
        this.normalizeEpsilon = normalizeEpsilon;
        this.products = products;
        this.device = device;
        int step = audio.samplesPerToken();
        this.window = (int) Math.round(windowSeconds * audio.sampleRate() / step) * step;
        this.margin = (int) Math.round(overlapSeconds * audio.sampleRate() / step) * step;
    }

    /** Samples of one channel at the model's rate, read one after the other. */
    private interface Samples {
        int read(float[] into, int at, int count) throws IOException;
    }

    /** Log-probabilities of all frames, (frames, letters); none if the stream is shorter than what one frame sees. */
    public float[][] logProbabilities(AudioStream stream) throws IOException {
        return frames(stream::read);
    }

    /** The same for a signal in memory: values from -1 to 1 of one channel, at the model's rate. */
    public float[][] logProbabilities(float[] signal) {
        int[] read = new int[1];
        try {
            return frames((into, at, count) -> {
                int got = Math.min(count, signal.length - read[0]);
                System.arraycopy(signal, read[0], into, at, got);
                read[0] += got;
                return got;
            });
        } catch (IOException e) {
            throw new AssertionError("an array is read without a file", e);
        }
    }

    private float[][] frames(Samples stream) throws IOException {
        model.train(false);
        List<float[]> frames = new ArrayList<>();
        float[] samples = new float[window];
        int filled = fill(stream, samples, 0);
        boolean first = true;
        while (filled >= audio.receptiveField()) {
            boolean last = filled < window;
            float[][] logs = window(samples, filled);
            int from = first ? 0 : margin / audio.samplesPerToken();
            int to = last ? logs.length : (window - margin) / audio.samplesPerToken();
            frames.addAll(Arrays.asList(logs).subList(Math.min(from, logs.length), Math.min(to, logs.length)));
            if (last) {
                break;
            }
            int kept = 2 * margin;
            System.arraycopy(samples, window - kept, samples, 0, kept);
            filled = kept + fill(stream, samples, kept);
            first = false;
            if (filled == kept) { // nothing new: only the frames of the last margin are missing
                float[][] rest = window(samples, filled);
                frames.addAll(Arrays.asList(rest)
                        .subList(Math.min(margin / audio.samplesPerToken(), rest.length), rest.length));
                break;
            }
        }
        return frames.toArray(new float[0][]);
    }

    private static int fill(Samples stream, float[] into, int at) throws IOException {
        int filled = at;
        while (filled < into.length) {
            int read = stream.read(into, filled, into.length - filled);
            if (read <= 0) {
                break;
            }
            filled += read;
        }
        return filled - at;
    }

    private float[][] window(float[] samples, int count) {
        float[] input = Arrays.copyOf(samples, count);
        if (normalize) {
            normalize(input);
        }
        try (Scope scope = Scope.open()) {
            Tensor source = Tensors.of(input, 1, count).to(device);
            Tensor logs_BTV = Autocast.with(products, () -> model.logProbabilities(new Input(source, new long[1])));
            int letters = (int) logs_BTV.size(2);
            float[] values = logs_BTV.toFloats();
            float[][] rows = new float[values.length / letters][];
            Arrays.setAll(rows, t -> Arrays.copyOfRange(values, t * letters, (t + 1) * letters));
            return rows;
        }
    }

    private void normalize(float[] samples) {
        double mean = 0;
        for (float sample : samples) {
            mean += sample;
        }
        mean /= samples.length;
        double variance = 0;
        for (float sample : samples) {
            variance += (sample - mean) * (sample - mean);
        }
        double scale = 1 / Math.sqrt(variance / samples.length + normalizeEpsilon);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) ((samples[i] - mean) * scale);
        }
    }
}
