package org.data2vec4j.evaluation.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.evaluation.probe.TokenFeatures;
import org.data2vec4j.tensor.Tensors;

/** Tokens of samples, gathered one by one; a sample of more than {@code most} has runs of neighbours averaged into as many. */
final class TokenBuffer {
    private final int most;
    private final int width;
    private final List<float[]> samples = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private final List<Long> ids = new ArrayList<>();

    TokenBuffer(int most, int width) {
        this.most = most;
        this.width = width;
    }

    /** Takes {@code length} tokens of {@code width} numbers from {@code values[at]} on. */
    void add(float[] values, int at, int length, int label, long id) {
        int count = Math.min(length, most);
        float[] kept = new float[count * width];
        for (int t = 0; t < length; t++) {
            int segment = (int) ((long) t * count / length);
            for (int d = 0; d < width; d++) {
                kept[segment * width + d] += values[at + t * width + d] / run(segment, count, length);
            }
        }
        samples.add(kept);
        labels.add(label);
        ids.add(id);
    }

    /** How many tokens fall into a segment: those t with t·count/length in it. */
    private static int run(int segment, int count, int length) {
        int begin = (int) (((long) segment * length + count - 1) / count);
        int end = (int) (((long) (segment + 1) * length + count - 1) / count);
        return end - begin;
    }

    /** All of them, in the scope open now. */
    TokenFeatures tokens() {
        int places =
                samples.stream().mapToInt(sample -> sample.length / width).max().orElse(1);
        float[] values = new float[Math.multiplyExact(samples.size(), places * width)];
        float[] valid = new float[samples.size() * places];
        for (int i = 0; i < samples.size(); i++) {
            float[] sample = samples.get(i);
            System.arraycopy(sample, 0, values, i * places * width, sample.length);
            Arrays.fill(valid, i * places, i * places + sample.length / width, 1);
        }
        return new TokenFeatures(
                Tensors.of(values, samples.size(), places, width),
                Tensors.of(valid, samples.size(), places),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                ids.stream().mapToLong(Long::longValue).toArray());
    }
}
