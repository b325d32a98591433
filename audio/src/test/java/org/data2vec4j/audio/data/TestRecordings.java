package org.data2vec4j.audio.data;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.data2vec4j.audio.data.decode.AudioClip;
import org.data2vec4j.core.Rng;
import org.jspecify.annotations.Nullable;

/** A source in memory; a null recording cannot be decoded, though its length (1000) is known. */
final class TestRecordings implements AudioSource {
    final AtomicInteger reads = new AtomicInteger();
    private final List<float @Nullable []> recordings;

    TestRecordings(List<float @Nullable []> recordings) {
        this.recordings = recordings;
    }

    float[] recordings(int index) {
        return Objects.requireNonNull(recordings.get(index));
    }

    static float[] noise(int length, long seed) {
        Rng rng = Rng.of(seed);
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (3 + 0.1 * rng.nextGaussian());
        }
        return samples;
    }

    @Override
    public int size() {
        return recordings.size();
    }

    @Override
    public String name(int index) {
        return "memory!" + index;
    }

    @Override
    public AudioClip read(int index) throws IOException {
        reads.incrementAndGet();
        float[] samples = recordings.get(index);
        if (samples == null) {
            throw new IOException("it is broken");
        }
        return new AudioClip(samples, 16_000);
    }

    @Override
    public int duration(int index) {
        float[] samples = recordings.get(index);
        return samples == null ? 1000 : samples.length;
    }

    @Override
    public @Nullable String transcript(int index) {
        return index % 2 == 0 ? "text " + index : null;
    }

    @Override
    public @Nullable String speaker(int index) {
        return null;
    }

    @Override
    public List<String> classes() {
        return List.of("a", "b", "c");
    }

    @Override
    public int label(int index) {
        return index % 3;
    }

    @Override
    public List<String> notes() {
        return List.of("a note");
    }

    @Override
    public String fingerprint() {
        return "";
    }

    @Override
    public void close() {}
}
