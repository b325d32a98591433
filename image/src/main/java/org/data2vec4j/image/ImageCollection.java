package org.data2vec4j.image;

import java.io.IOException;
import org.data2vec4j.image.data.ImageDecoder;
import org.data2vec4j.image.data.ImageReading;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.RgbImage;
import org.data2vec4j.train.data.Preview;
import org.data2vec4j.train.data.SampleCollection;
import org.jspecify.annotations.Nullable;

/** The images of a source with the bytes of their files. */
final class ImageCollection implements SampleCollection {
    private final ImageSource images;
    private final ImageReading reading;

    ImageCollection(ImageSource images, ImageReading reading) {
        this.images = images;
        this.reading = reading;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public String name(int index) {
        return images.name(index);
    }

    @Override
    public @Nullable String label(int index) {
        int label = images.label(index);
        return label < 0 ? null : images.classes().get(label);
    }

    @Override
    public byte[] read(int index) throws IOException {
        return images.file(index);
    }

    @Override
    public Preview preview(int index, byte[] file) {
        String name = images.name(index);
        String words = name.substring(name.lastIndexOf('/') + 1);
        try {
            RgbImage image = ImageDecoder.decode(file, reading);
            return new Preview(words, new Preview.Pixels(image.width(), image.height(), image.rgb()));
        } catch (IOException e) {
            return new Preview(words, null); // who embeds the image says why it cannot be read
        }
    }

    @Override
    public void close() {
        images.close();
    }
}
