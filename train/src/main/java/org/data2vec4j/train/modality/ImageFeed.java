package org.data2vec4j.train.modality;

import java.util.Locale;
import java.util.function.Consumer;
import org.data2vec4j.data.LoaderPosition;
import org.data2vec4j.data.Share;
import org.data2vec4j.data.image.ImageLoader;
import org.data2vec4j.data.image.ImageLoaderConfig;
import org.data2vec4j.data.image.ImageSource;

/** Opened pictures. */
public final class ImageFeed implements Feed {
    private final ImageSource source;
    private final ImageLoaderConfig loading;

    /** Pictures that are closed with the feed. */
    public ImageFeed(ImageSource source, ImageLoaderConfig loading) {
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
    public String fingerprint() {
        return source.fingerprint();
    }

    @Override
    public ImageLoader loader(LoaderPosition start, Consumer<String> warnings) {
        return loader(start, Share.WHOLE, warnings);
    }

    @Override
    public ImageLoader loader(LoaderPosition start, Share share, Consumer<String> warnings) {
        return new ImageLoader(source, loading, start, warnings, share);
    }

    @Override
    public void close() {
        source.close();
    }
}
