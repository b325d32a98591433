package org.data2vec4j.image.data;

import java.io.IOException;
import java.util.List;

/**
 * The images of a source from one of them on, which has the number 0 here.
 *
 * @param all the source, which is closed with this one
 * @param from the number of the first there
 */
public record ImagesFrom(ImageSource all, int from) implements ImageSource {
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
    public byte[] file(int index) throws IOException {
        return all.file(from + index);
    }

    @Override
    public List<String> notes() {
        return all.notes();
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
