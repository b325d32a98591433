package org.data2vec4j.image.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Fingerprint;
import org.data2vec4j.data.tar.ScratchFolder;
import org.data2vec4j.data.tar.ShardStore;

/**
 * The images of tar shards in the WebDataset convention, in the order of shards and entries: {@code key.jpg} with its class in
 * {@code key.cls}, as a number or a name; an optional {@code classes.txt} beside the shards names the classes, one a line.
 * Uncompressed shards are indexed once and read at random; compressed ones are unpacked once, into memory or a temporary folder.
 */
public final class TarShards implements ImageSource {
    private final List<ShardImage> images;
    private final List<ShardStore> stores;
    private final ShardLabels labels;
    private final ScratchFolder scratch;
    private final ImageReading reading;
    private volatile boolean closed;

    private TarShards(
            List<ShardImage> images,
            List<ShardStore> stores,
            ShardLabels labels,
            ScratchFolder scratch,
            ImageReading reading) {
        this.images = images;
        this.stores = stores;
        this.labels = labels;
        this.scratch = scratch;
        this.reading = reading;
    }

    /**
     * Opens shards in the order given (.tar, or compressed .tar.gz or .tgz). Damaged archives, archives without images and
     * labels outside {@code classes.txt} throw {@link UserException} naming the file.
     */
    public static TarShards open(List<Path> shards, SourceOptions options) {
        ScratchFolder scratch = new ScratchFolder();
        List<ShardStore> stores = new ArrayList<>();
        boolean complete = false;
        try {
            List<ShardImage> images = new ArrayList<>();
            long memory = options.shardMemory();
            for (Path shard : shards) {
                ShardIndex index = ShardIndex.read(shard, memory, scratch);
                memory -= index.memoryUsed();
                stores.add(index.store());
                images.addAll(index.images());
            }
            if (images.isEmpty()) {
                throw new UserException("no images in " + shards.get(0)
                        + (shards.size() > 1 ? " and " + (shards.size() - 1) + " more shards" : "")
                        + "; expected entries such as 000001.jpg with 000001.cls");
            }
            TarShards source = new TarShards(
                    List.copyOf(images),
                    List.copyOf(stores),
                    ShardLabels.of(images, shards.get(0).resolveSibling("classes.txt")),
                    scratch,
                    options.reading());
            complete = true;
            return source;
        } finally {
            if (!complete) {
                stores.forEach(ShardStore::close);
                scratch.close();
            }
        }
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public List<String> classes() {
        return labels.classes();
    }

    @Override
    public int label(int index) {
        return labels.label(index);
    }

    @Override
    public String name(int index) {
        ShardImage image = images.get(index);
        return image.shard() + "!" + image.entry();
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return ImageDecoder.decode(file(index), reading);
    }

    @Override
    public byte[] file(int index) throws IOException {
        if (closed) {
            throw new IllegalStateException("the tar shards are closed");
        }
        ShardImage image = images.get(index);
        return image.store().read(image.place(), image.size());
    }

    @Override
    public String fingerprint() {
        Fingerprint print = new Fingerprint().add("shards");
        for (int i = 0; i < images.size(); i++) {
            ShardImage image = images.get(i);
            print.add(String.valueOf(image.shard().getFileName())).add(image.entry());
            print.add(image.size()).add(labels.label(i));
        }
        return print.hex();
    }

    @Override
    public void close() {
        closed = true;
        stores.forEach(ShardStore::close);
        scratch.close();
    }
}
