package org.data2vec4j.image;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.data2vec4j.image.data.ImageBatch;
import org.data2vec4j.image.data.ImageLoaderConfig;
import org.data2vec4j.image.data.ImageSource;
import org.data2vec4j.image.data.ImagesFrom;
import org.data2vec4j.image.data.SequentialImageLoader;
import org.data2vec4j.train.data.OrderedSource;

/** The images of a source, cropped as for evaluation; those that cannot be read are left out and told. */
final class ImagesInOrder implements OrderedSource {
    private final ImageSource all;
    private final ImageLoaderConfig reading;
    private final Consumer<String> messages;

    ImagesInOrder(ImageSource all, ImageLoaderConfig reading, Consumer<String> messages) {
        this.all = all;
        this.reading = reading;
        this.messages = messages;
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public String fingerprint() {
        return all.fingerprint();
    }

    @Override
    public void visitAfter(long last, Visitor visitor) {
        if (last < 0) {
            all.notes().forEach(messages);
        }
        int from = (int) (last + 1);
        ImageSource rest = from == 0 ? all : new ImagesFrom(all, from);
        try (SequentialImageLoader pass = new SequentialImageLoader(rest, reading, rest.size(), messages)) {
            for (ImageBatch batch : pass) {
                long[] numbers = batch.ids().clone();
                List<String> names = new ArrayList<>();
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] += from;
                    names.add(all.name((int) numbers[i]));
                }
                visitor.visit(batch, numbers, names);
            }
        }
    }

    @Override
    public void close() {
        all.close();
    }
}
