package org.data2vec4j.embed;

import java.io.IOException;
import java.util.List;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.RgbImage;

/** The pictures of a source from some place on; number 0 is the one there. */
record ImagesFrom(ImageSource all, int from) implements ImageSource {
    @Override
    public int size() {
        return all.size() - from;
    }

    @Override
    public List<String> classes() {
        return all.classes();
    }

    @Override
    public int label(int index) {
        return all.label(from + index);
    }

    @Override
    public String name(int index) {
        return all.name(from + index);
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return all.read(from + index);
    }

    @Override
    public String fingerprint() {
        return all.fingerprint() + "+" + from;
    }

    @Override
    public void close() {
        all.close();
    }
}
