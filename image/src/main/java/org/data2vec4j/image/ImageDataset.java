package org.data2vec4j.image;

import java.util.Locale;
import java.util.function.Consumer;
import org.data2vec4j.data.ContentSample;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.Shard;
import org.data2vec4j.image.data.ImageLoader;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.train.data.Dataset;

/** Opened pictures. */
public final class ImageDataset implements Dataset {
    private final ImageSource source;
    private final ImageLoaderConfig loading;

    /** Pictures that are closed with the feed. */
    public ImageDataset(ImageSource source, ImageLoaderConfig loading) {
        this.source = source;
        this.loading = loading;
    }

    /** The pictures. */
    public ImageSource source() {
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
                Locale.ROOT, "%,d images%s", source.size(), classes == 0 ? "" : " in " + classes + " classes");
    }

    @Override
    public boolean hasClasses() {
        return !source.classes().isEmpty();
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
    public ImageLoader loader(LoaderPosition start, Consumer<String> warnings) {
        return loader(start, Shard.WHOLE, warnings);
    }

    @Override
    public ImageLoader loader(LoaderPosition start, Shard share, Consumer<String> warnings) {
        return new ImageLoader(source, loading, start, warnings, share);
    }

    @Override
    public void close() {
        source.close();
    }
}
