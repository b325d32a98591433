package org.data2vec4j.image.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.data2vec4j.data.tar.ScratchFolder;
import org.data2vec4j.data.tar.ShardFiles;
import org.data2vec4j.data.tar.ShardStore;
import org.jspecify.annotations.Nullable;

/** What one pass over a shard finds: its images in archive order, where their bytes are, and the memory these take. */
record ShardIndex(List<ShardImage> images, ShardStore store, long memoryUsed) {
    private static final String CLASS = ".cls";

    static ShardIndex read(Path shard, long memory, ScratchFolder scratch) {
        ShardFiles found = ShardFiles.read(shard, memory, scratch, new ImagesAndClasses());
        List<ShardImage> images = found.files().stream()
                .map(file -> new ShardImage(
                        shard,
                        file.path(),
                        found.store(),
                        file.place(),
                        file.size(),
                        classText(file.path(), found.texts())))
                .toList();
        return new ShardIndex(images, found.store(), found.memoryUsed());
    }

    /** The key of an entry ends at the first dot of its file name; a whole stem that has a class of its own goes before. */
    private static @Nullable String classText(String entry, Map<String, String> texts) {
        @Nullable String text = texts.get(entry.substring(0, entry.lastIndexOf('.')) + CLASS);
        if (text == null) {
            text = texts.get(entry.substring(0, entry.indexOf('.', entry.lastIndexOf('/') + 1)) + CLASS);
        }
        return text == null ? null : text.strip();
    }

    private static final class ImagesAndClasses implements ShardFiles.Wanted {
        @Override
        public boolean file(String path) {
            return ImageFolder.isImage(path.substring(path.lastIndexOf('/') + 1));
        }

        @Override
        public int longestText(String path) {
            return path.endsWith(CLASS) ? 4096 : 0;
        }
    }
}
