package org.data2vec4j.interop.pickle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;

/**
 * The entries of PyTorch's zip form. It stores without compression, so that an entry is a range of the file: compressed entries,
 * names that lead elsewhere and ranges that overlap are refused, and nothing can be larger than the file itself.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int LONGEST_TAIL = 65_557;
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int UNSET_2 = 0xFFFF;
    private static final long UNSET_4 = 0xFFFF_FFFFL;

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** A stored entry: its bytes in the file. */
    record Entry(String name, long start, long bytes) {}

    private ZipDirectory() {}

    static ZipDirectory read(RandomAccessFile file) throws IOException {
        ZipDirectory directory = new ZipDirectory();
        Central central = central(file);
        ByteBuffer records = bytes(file, central.start(), central.bytes());
        for (long i = 0; i < central.count(); i++) {
            directory.add(file, records);
        }
        directory.checkApart(central.start());
        return directory;
    }

    private record Central(long start, long bytes, long count) {}

    private static Central central(RandomAccessFile file) throws IOException {
        long tailStart = Math.max(0, file.length() - LONGEST_TAIL);
        ByteBuffer tail = bytes(file, tailStart, file.length() - tailStart);
        for (int at = tail.limit() - 22; at >= 0; at--) {
            if (tail.getInt(at) == END) {
                long count = tail.getShort(at + 10) & UNSET_2;
                long size = tail.getInt(at + 12) & UNSET_4;
                long start = tail.getInt(at + 16) & UNSET_4;
                boolean large = count == UNSET_2 || size == UNSET_4 || start == UNSET_4;
                if (large && at >= 20 && tail.getInt(at - 20) == LOCATOR64) {
                    return central64(file, tail.getLong(at - 12));
                }
                return checked(file, new Central(start, size, count));
            }
        }
        throw new UserException("the zip archive has no end: the file is cut off");
    }

    private static Central central64(RandomAccessFile file, long at) throws IOException {
        ByteBuffer end = bytes(file, at, 56);
        if (end.getInt(0) != END64) {
            throw new UserException("the zip archive's directory is damaged");
        }
        return checked(file, new Central(end.getLong(48), end.getLong(40), end.getLong(32)));
    }

    private static Central checked(RandomAccessFile file, Central central) throws IOException {
        boolean inside = central.start() >= 0
                && central.bytes() >= 0
                && central.start() <= file.length()
                && central.bytes() <= file.length() - central.start();
        if (!inside || central.count() < 0 || central.count() > MOST_ENTRIES || central.bytes() > Integer.MAX_VALUE) {
            throw new UserException("the zip archive's directory lies outside of the file, or has " + central.count()
                    + " entries; refused");
        }
        return central;
    }

    private void add(RandomAccessFile file, ByteBuffer records) throws IOException {
        if (records.remaining() < 46 || records.getInt(records.position()) != CENTRAL) {
            throw new UserException("the zip archive's directory is damaged");
        }
        int at = records.position();
        int method = records.getShort(at + 10) & UNSET_2;
        long packed = records.getInt(at + 20) & UNSET_4;
        long size = records.getInt(at + 24) & UNSET_4;
        int nameLength = records.getShort(at + 28) & UNSET_2;
        int extraLength = records.getShort(at + 30) & UNSET_2;
        int commentLength = records.getShort(at + 32) & UNSET_2;
        long local = records.getInt(at + 42) & UNSET_4;
        if (records.remaining() < 46 + nameLength + extraLength + commentLength) {
            throw new UserException("the zip archive's directory is cut off");
        }
        byte[] raw = new byte[nameLength];
        records.get(at + 46, raw);
        String name = new String(raw, StandardCharsets.UTF_8);
        ByteBuffer extra = records.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        extra.position(at + 46 + nameLength).limit(at + 46 + nameLength + extraLength);
        long[] large = large(extra, size, packed, local);
        records.position(at + 46 + nameLength + extraLength + commentLength);
        check(name, method, large[0], large[1]);
        ByteBuffer header = bytes(file, large[2], 30);
        if (header.getInt(0) != LOCAL) {
            throw new UserException("the zip entry " + shown(name) + " is not where the directory says");
        }
        long start = large[2] + 30 + (header.getShort(26) & UNSET_2) + (header.getShort(28) & UNSET_2);
        if (start > file.length() || large[0] > file.length() - start) {
            throw new UserException("the zip entry " + shown(name) + " of " + large[0] + " bytes ends behind the file");
        }
        if (entries.put(name, new Entry(name, start, large[0])) != null) {
            throw new UserException("the zip archive has two entries named " + shown(name));
        }
    }

    /** Size, packed size and place, from the 64-bit extra field where the 32-bit ones are unset. */
    private static long[] large(ByteBuffer extra, long size, long packed, long local) {
        long[] values = {size, packed, local};
        while (extra.remaining() >= 4) {
            int id = extra.getShort() & UNSET_2;
            int length = Math.min(extra.getShort() & UNSET_2, extra.remaining());
            int next = extra.position() + length;
            for (int i = 0; i < 3 && id == 1; i++) {
                if (values[i] == UNSET_4 && next - extra.position() >= Long.BYTES) {
                    values[i] = extra.getLong();
                }
            }
            extra.position(next);
        }
        return values;
    }

    private static void check(String name, int method, long size, long packed) {
        boolean escapes = name.startsWith("/") || name.contains("..") || name.contains("\\") || name.contains("\0");
        if (escapes) {
            throw new UserException("the zip entry " + shown(name) + " leads out of the archive; refused");
        }
        if (method != 0 || size != packed || size < 0) {
            throw new UserException("the zip entry " + shown(name) + " is compressed (" + packed + " bytes for " + size
                    + "); PyTorch never compresses, and what it unpacks to has no bound; refused");
        }
    }

    private void checkApart(long directory) {
        List<Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparingLong(Entry::start));
        long end = 0;
        for (Entry entry : sorted) {
            if (entry.bytes() > 0 && (entry.start() < end || entry.start() + entry.bytes() > directory)) {
                throw new UserException("the zip entry " + shown(entry.name()) + " overlaps another; refused");
            }
            end = Math.max(end, entry.start() + entry.bytes());
        }
    }

    /** The entry that holds the containers. */
    Entry pickle() {
        List<Entry> found = entries.values().stream()
                .filter(entry ->
                        entry.name().endsWith("/data.pkl") || entry.name().equals("data.pkl"))
                .toList();
        if (found.size() != 1) {
            throw new UserException(
                    "a zip archive with " + found.size() + " entries data.pkl; a checkpoint of PyTorch has one");
        }
        return found.get(0);
    }

    /** The storages by key. */
    Map<String, Entry> storages() {
        String name = pickle().name();
        String folder = name.substring(0, name.length() - "data.pkl".length()) + "data/";
        Map<String, Entry> storages = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            if (key.startsWith(folder)) {
                storages.put(key.substring(folder.length()), entry);
            }
        });
        return storages;
    }

    private static ByteBuffer bytes(RandomAccessFile file, long start, long count) throws IOException {
        if (start < 0 || count < 0 || count > Integer.MAX_VALUE || start > file.length() - count) {
            throw new UserException("the zip archive points behind its end: the file is cut off or damaged");
        }
        byte[] bytes = new byte[(int) count];
        file.seek(start);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String shown(String name) {
        String clean = name.replaceAll("[^ -~]", "?");
        return clean.length() > 100 ? clean.substring(0, 100) + "…" : clean;
    }
}
