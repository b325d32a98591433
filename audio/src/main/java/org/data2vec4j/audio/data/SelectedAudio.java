package org.data2vec4j.audio.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.data2vec4j.audio.data.decode.AudioClip;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.data.RngStream;
import org.jspecify.annotations.Nullable;

/** Some recordings of a source, in its order; closes the source. */
public final class SelectedAudio implements AudioSource {
    private final AudioSource source;
    private final int[] indices;

    private SelectedAudio(AudioSource source, int[] indices) {
        this.source = source;
        this.indices = indices;
    }

    /** So many recordings of a source, the same for the same seed; the source itself if it has no more. */
    public static AudioSource some(AudioSource source, int most, long seed) {
        if (source.size() <= most) {
            return source;
        }
        int[] order = Rng.of(seed, RngStream.SUBSET, source.size()).permutation(source.size());
        return new SelectedAudio(
                source, Arrays.stream(order).limit(most).sorted().toArray());
    }

    /** The index in the source of a recording. */
    public int sourceIndex(int index) {
        return indices[index];
    }

    /** The recordings of a source whose transcript is known, of those a share that is the same for the same seed. */
    public static SelectedAudio transcribed(AudioSource source, double share, long seed) {
        int[] known = IntStream.range(0, source.size())
                .filter(i -> source.transcript(i) != null)
                .toArray();
        int count = known.length == 0 ? 0 : Math.max(1, (int) Math.round(share * known.length));
        int[] order = known.length == 0
                ? new int[0]
                : Rng.of(seed, RngStream.SUBSET, known.length).permutation(known.length);
        int[] chosen =
                Arrays.stream(order).limit(count).map(i -> known[i]).sorted().toArray();
        return new SelectedAudio(source, chosen);
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public String name(int index) {
        return source.name(indices[index]);
    }

    @Override
    public AudioClip read(int index) throws IOException {
        return source.read(indices[index]);
    }

    @Override
    public int duration(int index) throws IOException {
        return source.duration(indices[index]);
    }

    @Override
    public @Nullable String transcript(int index) {
        return source.transcript(indices[index]);
    }

    @Override
    public @Nullable String speaker(int index) {
        return source.speaker(indices[index]);
    }

    @Override
    public List<String> classes() {
        return source.classes();
    }

    @Override
    public int label(int index) {
        return source.label(indices[index]);
    }

    @Override
    public List<String> notes() {
        return source.notes();
    }

    @Override
    public String fingerprint() {
        Fingerprint fingerprint = new Fingerprint().add(source.fingerprint());
        Arrays.stream(indices).forEach(fingerprint::add);
        return fingerprint.hex();
    }

    @Override
    public void close() {
        source.close();
    }
}
