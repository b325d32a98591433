package org.data2vec4j.audio.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.audio.data.decode.AudioDecoder;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.tar.ScratchFolder;
import org.data2vec4j.data.tar.ShardFiles;
import org.data2vec4j.data.tar.ShardStore;

/** Lists the recordings of tar shards, in the order of their names, all of them or those of one folder inside. */
final class AudioShards implements AutoCloseable {
    private final List<ShardStore> stores = new ArrayList<>();
    private final ScratchFolder scratch = new ScratchFolder();

    /** {@code folder}: a path of folders anywhere inside, such as {@code train}; empty for everything. */
    AudioListing list(List<Path> shards, String folder, long memory) {
        List<AudioEntry> entries = new ArrayList<>();
        Map<String, String> texts = new LinkedHashMap<>();
        long left = memory;
        Inside inside = new Inside(folder);
        for (Path shard : shards) {
            ShardFiles found = ShardFiles.read(shard, left, scratch, inside);
            left -= found.memoryUsed();
            stores.add(found.store());
            for (ShardFiles.Stored file : found.files()) {
                entries.add(new AudioEntry(
                        shard + "!" + file.path(),
                        file.path(),
                        new AudioBytes.InShard(found.store(), file.place(), file.size()),
                        file.size()));
            }
            texts.putAll(found.texts());
        }
        if (entries.isEmpty()) {
            throw new UserException("no recordings in " + shards.get(0)
                    + (folder.isEmpty() ? "" : " under a folder '" + folder + "'")
                    + (shards.size() > 1 ? " and " + (shards.size() - 1) + " more shards" : "")
                    + "; expected entries such as " + (folder.isEmpty() ? "" : folder + "/") + "000001.flac");
        }
        entries.sort((a, b) -> a.key().compareTo(b.key()));
        return new AudioListing(entries, texts, List.of());
    }

    @Override
    public void close() {
        stores.forEach(ShardStore::close);
        scratch.close();
    }

    private record Inside(String folder) implements ShardFiles.Wanted {
        @Override
        public boolean file(String path) {
            return wanted(path) && AudioDecoder.isAudio(path.substring(path.lastIndexOf('/') + 1));
        }

        @Override
        public int longestText(String path) {
            return wanted(path) && AudioListing.isText(path) ? AudioListing.LONGEST_TEXT : 0;
        }

        private boolean wanted(String path) {
            return folder.isEmpty() || ("/" + path).contains("/" + folder + "/");
        }
    }
}
