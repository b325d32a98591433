package org.data2vec4j.audio.data;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.data2vec4j.audio.data.decode.AudioClip;
import org.jspecify.annotations.Nullable;

/**
 * A source that keeps what it decoded, up to a limit, so that small sets are decoded once; it gives the same recordings as the
 * source it owns. What came first stays: of a set that does not fit, a part is still decoded once.
 */
public final class CachedAudio implements AudioSource {
    private static final int OVERHEAD_BYTES = 64;

    private final AudioSource source;
    private final long budget;
    private final AtomicReferenceArray<AudioClip> kept;
    private final AtomicLong bytes = new AtomicLong();

    /** Keeps up to {@code budget} bytes of samples; closing closes the source. */
    public CachedAudio(AudioSource source, long budget) {
        this.source = source;
        this.budget = budget;
        this.kept = new AtomicReferenceArray<>(source.size());
    }

    @Override
    public AudioClip read(int index) throws IOException {
        AudioClip known = kept.get(index);
        if (known != null) {
            return known;
        }
        AudioClip clip = source.read(index);
        long size = 4L * clip.samples().length + OVERHEAD_BYTES;
        if (bytes.addAndGet(size) > budget || !kept.compareAndSet(index, null, clip)) {
            bytes.addAndGet(-size);
        }
        return clip;
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public String name(int index) {
        return source.name(index);
    }

    @Override
    public int duration(int index) throws IOException {
        AudioClip known = kept.get(index);
        return known != null ? known.samples().length : source.duration(index);
    }

    @Override
    public @Nullable String transcript(int index) {
        return source.transcript(index);
    }

    @Override
    public @Nullable String speaker(int index) {
        return source.speaker(index);
    }

    @Override
    public List<String> classes() {
        return source.classes();
    }

    @Override
    public int label(int index) {
        return source.label(index);
    }

    @Override
    public List<String> notes() {
        return source.notes();
    }

    @Override
    public String fingerprint() {
        return source.fingerprint();
    }

    @Override
    public void close() {
        for (int i = 0; i < kept.length(); i++) {
            kept.set(i, null);
        }
        source.close();
    }
}
