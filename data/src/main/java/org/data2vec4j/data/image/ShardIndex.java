package org.data2vec4j.data.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.tar.TarEntry;
import org.data2vec4j.data.tar.TarReader;
import org.jspecify.annotations.Nullable;

/** What one pass over a shard finds: its images in archive order, where their bytes are, and the memory these take. */
record ShardIndex(List<ShardImage> images, ShardStore store, long memoryUsed) {
    private static final int LONGEST_CLASS = 4096;

    static ShardIndex read(Path shard, long memory, ScratchFolder scratch) {
        try {
            if (!ShardSelection.isCompressed(shard)) {
                return index(shard, TarReader.plain(shard), new ShardStore.File(shard), Long.MAX_VALUE);
            }
            if (Files.size(shard) <= memory) {
                ShardIndex inMemory = index(shard, TarReader.gzip(shard), new ShardStore.Memory(), memory);
                if (inMemory.memoryUsed <= memory) {
                    return inMemory;
                }
            }
            Path unpacked = scratch.newFile(".tar");
            try (InputStream in = new GZIPInputStream(Files.newInputStream(shard))) {
                Files.copy(in, unpacked);
            }
            return index(shard, TarReader.plain(unpacked), new ShardStore.File(unpacked), Long.MAX_VALUE);
        } catch (IOException e) {
            throw new UserException(
                    "the shard " + shard + " cannot be read: " + e.getMessage() + "; replace or remove it", e);
        }
    }

    /** Stops early once the memory is exceeded; what it then returns says so and is dropped. */
    private static ShardIndex index(Path shard, TarReader reader, ShardStore store, long memory) throws IOException {
        List<ShardImage> images = new ArrayList<>();
        Map<String, String> classTexts = new HashMap<>();
        long used = 0;
        boolean complete = false;
        try (reader) {
            TarEntry entry = reader.next();
            while (entry != null && used <= memory) {
                String name = entry.fileName();
                if (name.startsWith(".")) {
                    entry = reader.next();
                    continue;
                }
                if (ImageFolder.isImage(name) && entry.size() <= Integer.MAX_VALUE - 8) {
                    long place = entry.offset();
                    if (store instanceof ShardStore.Memory kept) {
                        place = kept.add(reader.read(entry));
                        used += entry.size();
                    }
                    images.add(new ShardImage(shard, entry.name(), store, place, (int) entry.size(), null));
                } else if (name.endsWith(".cls") && entry.size() <= LONGEST_CLASS) {
                    String text = new String(reader.read(entry), StandardCharsets.UTF_8).strip();
                    classTexts.put(entry.name().substring(0, entry.name().length() - ".cls".length()), text);
                }
                entry = reader.next();
            }
            complete = true;
        } finally {
            if (!complete) {
                store.close();
            }
        }
        images.replaceAll(image -> withClass(image, classTexts));
        return new ShardIndex(images, store, used);
    }

    /** The key of an entry ends at the first dot of its file name; a whole stem that has a class of its own goes before. */
    private static ShardImage withClass(ShardImage image, Map<String, String> classTexts) {
        String entry = image.entry();
        @Nullable String text = classTexts.get(entry.substring(0, entry.lastIndexOf('.')));
        if (text == null) {
            text = classTexts.get(entry.substring(0, entry.indexOf('.', entry.lastIndexOf('/') + 1)));
        }
        return new ShardImage(image.shard(), entry, image.store(), image.place(), image.size(), text);
    }
}
