package org.data2vec4j.audio;

import java.util.Locale;
import java.util.function.Consumer;
import org.data2vec4j.audio.data.AudioLoader;
import org.data2vec4j.audio.data.AudioLoaderConfig;
import org.data2vec4j.audio.data.AudioSource;
import org.data2vec4j.data.ContentSample;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.Shard;
import org.data2vec4j.train.data.Dataset;

/** Opened recordings. */
public final class AudioDataset implements Dataset {
    private final AudioSource source;
    private final AudioLoaderConfig loading;

    /** Recordings that are closed with the feed. */
    public AudioDataset(AudioSource source, AudioLoaderConfig loading) {
        this.source = source;
        this.loading = loading;
    }

    /** The recordings. */
    public AudioSource source() {
        return source;
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public String description() {
        int classes = source.classes().size();
        return String.format(
                Locale.ROOT, "%,d recordings%s", source.size(), classes == 0 ? "" : " in " + classes + " classes");
    }

    @Override
    public String fingerprint() {
        return source.fingerprint();
    }

    @Override
    public String contentHash() {
        return ContentSample.of(source.size(), source::file);
    }

    @Override
    public AudioLoader loader(LoaderPosition start, Consumer<String> warnings) {
        return loader(start, Shard.WHOLE, warnings);
    }

    @Override
    public AudioLoader loader(LoaderPosition start, Shard share, Consumer<String> warnings) {
        return new AudioLoader(source, loading, start, warnings, share);
    }

    @Override
    public void close() {
        source.close();
    }
}
