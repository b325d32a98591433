package org.data2vec4j.train.modality;

import java.util.Locale;
import java.util.function.Consumer;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.Share;
import org.data2vec4j.data.audio.AudioLoader;
import org.data2vec4j.data.audio.AudioLoaderConfig;
import org.data2vec4j.data.audio.AudioSource;

/** Opened recordings. */
public final class AudioFeed implements Feed {
    private final AudioSource source;
    private final AudioLoaderConfig loading;

    /** Recordings that are closed with the feed. */
    public AudioFeed(AudioSource source, AudioLoaderConfig loading) {
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
    public AudioLoader loader(LoaderPosition start, Consumer<String> warnings) {
        return loader(start, Share.WHOLE, warnings);
    }

    @Override
    public AudioLoader loader(LoaderPosition start, Share share, Consumer<String> warnings) {
        return new AudioLoader(source, loading, start, warnings, share);
    }

    @Override
    public void close() {
        source.close();
    }
}
