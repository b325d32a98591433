package org.data2vec4j.data.tar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.text.Utf8Lines;

/**
 * What one pass over a shard finds: its wanted files in archive order, where their bytes are, the wanted texts by path, and the
 * heap that the bytes take. Uncompressed shards are read where they lie; compressed ones are unpacked once, into memory or, past
 * its limit, into a temporary folder. Hidden files are passed over.
 */
public record ShardFiles(List<Stored> files, Map<String, String> texts, ShardStore store, long memoryUsed) {

    /** A file of the shard: its path inside, and its {@code size} bytes at {@code place} of the store. */
    public record Stored(String path, long place, int size) {}

    /** Which entries to keep, by their paths. */
    public interface Wanted {
        /** Whether the bytes are to be found again. */
        boolean file(String path);

        /** The longest text in bytes to keep of this entry; 0 if it is no text. */
        int longestText(String path);
    }

    /** Reads a shard with up to {@code memory} bytes of heap; a damaged one throws {@link UserException} naming it. */
    public static ShardFiles read(Path shard, long memory, ScratchFolder scratch, Wanted wanted) {
        try {
            if (!ShardSelection.isCompressed(shard)) {
                return index(TarReader.plain(shard), new ShardStore.File(shard), Long.MAX_VALUE, wanted);
            }
            if (Files.size(shard) <= memory) {
                ShardFiles inMemory = index(TarReader.gzip(shard), new ShardStore.Memory(), memory, wanted);
                if (inMemory.memoryUsed <= memory) {
                    return inMemory;
                }
            }
            Path unpacked = scratch.newFile(".tar");
            try (InputStream in = new GZIPInputStream(Files.newInputStream(shard))) {
                Files.copy(in, unpacked);
            }
            return index(TarReader.plain(unpacked), new ShardStore.File(unpacked), Long.MAX_VALUE, wanted);
        } catch (IOException e) {
            throw new UserException(
                    "the shard " + shard + " cannot be read: " + e.getMessage() + "; replace or remove it", e);
        }
    }

    /** Stops early once the memory is exceeded; what it then returns says so and is dropped. */
    private static ShardFiles index(TarReader reader, ShardStore store, long memory, Wanted wanted) throws IOException {
        List<Stored> files = new ArrayList<>();
        Map<String, String> texts = new LinkedHashMap<>();
        long used = 0;
        boolean complete = false;
        try (reader) {
            TarEntry entry = reader.next();
            while (entry != null && used <= memory) {
                boolean hidden = entry.fileName().startsWith(".");
                if (!hidden && wanted.file(entry.name()) && entry.size() <= Integer.MAX_VALUE - 8) {
                    long place = entry.offset();
                    if (store instanceof ShardStore.Memory kept) {
                        place = kept.add(reader.read(entry));
                        used += entry.size();
                    }
                    files.add(new Stored(entry.name(), place, (int) entry.size()));
                } else if (!hidden && entry.size() <= wanted.longestText(entry.name())) {
                    texts.put(entry.name(), text(reader.read(entry)));
                }
                entry = reader.next();
            }
            complete = true;
        } finally {
            if (!complete) {
                store.close();
            }
        }
        return new ShardFiles(files, texts, store, used);
    }

    /** Bytes that are not UTF-8 become replacement characters, which the texts' reader can name. */
    private static String text(byte[] utf8) {
        String text = Utf8Lines.text(utf8);
        return text == null ? new String(utf8, StandardCharsets.UTF_8) : text;
    }
}
