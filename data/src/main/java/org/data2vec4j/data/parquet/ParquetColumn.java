package org.data2vec4j.data.parquet;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file. Its pages are found once, by their headers; a page is decoded when a row of it is asked for, and the last
 * ones are kept. May be used by several threads.
 */
public final class ParquetColumn {
    private static final int DATA = 0;
    private static final int DICTIONARY = 2;
    private static final int DATA_V2 = 3;
    private static final int LARGEST_HEADER = 1 << 24;
    private static final int MAPPED = 16 << 20;
    private static final long KEPT_BYTES = 64L << 20;

    private final FileChannel channel;
    private final int type;
    private final int levels;
    private final List<Page> pages;
    private final int[] firstRows;
    private final Map<Integer, Decoded> kept = new LinkedHashMap<>(16, 0.75f, true); // least recently used first
    private long keptBytes;
    private @Nullable Page dictionaryPage;
    private @Nullable Values dictionary;

    /** A page: its header, where its body is, how the chunk is compressed, its first row, and the dictionary of its chunk. */
    private record Page(
            Thrift header,
            long body,
            int codec,
            int firstRow,
            @Nullable Page dictionary) {
        int compressed() {
            return (int) header.number(3, 0);
        }

        int uncompressed() {
            return (int) header.number(2, 0);
        }
    }

    /** A page's values, and for each row which of them it has; -1 for null. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Decoded(Values values, int[] places, long bytes) {}

    private ParquetColumn(FileChannel channel, int type, int levels, List<Page> pages) {
        this.channel = channel;
        this.type = type;
        this.levels = levels;
        this.pages = pages;
        this.firstRows = pages.stream().mapToInt(Page::firstRow).toArray();
    }

    static ParquetColumn index(FileChannel channel, List<Thrift> groups, int index, int type, int levels)
            throws IOException {
        List<Page> pages = new ArrayList<>();
        int row = 0;
        for (Thrift group : groups) {
            Thrift chunk = group.structs(1).get(index).struct(3);
            int codec = (int) chunk.number(4, Codec.NONE);
            long at = chunk.number(9, 0);
            long dictionaryAt = chunk.number(11, 0);
            at = dictionaryAt > 0 ? Math.min(at, dictionaryAt) : at;
            long end = at + chunk.number(7, 0);
            Page dictionary = null;
            while (at < end) {
                Head head = head(channel, at, end);
                long body = at + head.length();
                int kind = (int) head.header().number(1, -1);
                Page page = new Page(head.header(), body, codec, row, dictionary);
                if (kind == DICTIONARY) {
                    dictionary = page;
                } else if (kind == DATA || kind == DATA_V2) {
                    pages.add(page);
                    row += (int) head.header().struct(kind == DATA ? 5 : 8).number(1, 0);
                }
                at = body + page.compressed();
            }
        }
        return new ParquetColumn(channel, type, levels, pages);
    }

    private record Head(Thrift header, int length) {}

    private static Head head(FileChannel channel, long at, long end) throws IOException {
        for (int guess = 1 << 9; guess <= LARGEST_HEADER; guess *= 8) {
            ByteBuffer bytes = ParquetFile.read(channel, at, (int) Math.min(guess, channel.size() - at));
            try {
                return new Head(Thrift.read(bytes), bytes.position());
            } catch (BufferUnderflowException e) {
                if (at + bytes.limit() >= channel.size()) {
                    break;
                }
            }
        }
        throw new IOException("a page of the Parquet file is damaged, at byte " + at + " of " + end);
    }

    /** The bytes of a row; null if it has none. */
    public byte @Nullable [] bytes(int row) throws IOException {
        Page page = page(row);
        Decoded decoded = decoded(page);
        int place = decoded.places[row - page.firstRow];
        if (place < 0) {
            return null;
        }
        Values values = decoded.values;
        int start = values.starts()[place];
        return Arrays.copyOfRange(values.bytes()[place], start, start + values.lengths()[place]);
    }

    /** The text of a row, or its number in digits; null if it has none. */
    public @Nullable String text(int row) throws IOException {
        if (type == Values.BYTE_ARRAY) {
            byte[] bytes = bytes(row);
            return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
        }
        Page page = page(row);
        Decoded decoded = decoded(page);
        int place = decoded.places[row - page.firstRow];
        return place < 0 ? null : Long.toString(decoded.values.numbers()[place]);
    }

    private Page page(int row) {
        int found = Arrays.binarySearch(firstRows, row);
        int index = found >= 0 ? found : -found - 2;
        while (index + 1 < firstRows.length && firstRows[index + 1] <= row) {
            index++; // behind pages without rows
        }
        return pages.get(index);
    }

    private synchronized Decoded decoded(Page page) throws IOException {
        Decoded known = kept.get(page.firstRow);
        if (known != null) {
            return known;
        }
        Decoded made;
        try {
            made = decode(page);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("a page of the Parquet file is damaged: " + e.getMessage(), e);
        }
        kept.put(page.firstRow, made);
        keptBytes += made.bytes;
        var oldest = kept.values().iterator();
        while (keptBytes > KEPT_BYTES && kept.size() > 1) {
            keptBytes -= oldest.next().bytes;
            oldest.remove();
        }
        return made;
    }

    private Decoded decode(Page page) throws IOException {
        boolean second = page.header.number(1, DATA) == DATA_V2;
        Thrift head = page.header.struct(second ? 8 : 5);
        int rows = (int) head.number(1, 0);
        ByteBuffer raw = body(page);
        byte[] bytes;
        int at = 0;
        int[] defined = new int[0];
        if (second) {
            int repetition = (int) head.number(6, 0);
            int definition = (int) head.number(5, 0);
            at = repetition + definition;
            if (levels > 0) {
                defined = RunLengths.read(raw.duplicate().position(repetition), width(levels), rows);
            }
            boolean packed = head.number(7, 1) != 0;
            bytes = Codec.decompress(packed ? page.codec : Codec.NONE, raw, at, page.uncompressed() - at);
            at = 0;
        } else {
            bytes = Codec.decompress(page.codec, raw, 0, page.uncompressed());
            if (levels > 0) {
                ByteBuffer in = little(bytes, 0);
                int length = in.getInt();
                defined = RunLengths.read(in, width(levels), rows);
                at = 4 + length;
            }
        }
        int[] places = new int[rows];
        int count = 0;
        for (int i = 0; i < rows; i++) {
            places[i] = levels == 0 || defined[i] == levels ? count++ : -1;
        }
        Values values =
                Values.read(bytes, at, (int) head.number(second ? 4 : 2, 0), type, count, dictionary(page.dictionary));
        if (values.count() < count) {
            throw new IOException("a page of the Parquet file has fewer values than it says");
        }
        return new Decoded(values, places, bytes.length + 16L * rows);
    }

    /** What a page holds, as it is in the file; large ones do not take memory of Java's. */
    private ByteBuffer body(Page page) throws IOException {
        return page.compressed() > MAPPED
                ? channel.map(FileChannel.MapMode.READ_ONLY, page.body, page.compressed())
                : ParquetFile.read(channel, page.body, page.compressed());
    }

    /** The dictionary that was used last is kept: it may be as large as a row group's pictures. */
    private @Nullable Values dictionary(@Nullable Page page) throws IOException {
        if (page == null) {
            return null;
        }
        Values known = dictionary;
        if (known == null || !page.equals(dictionaryPage)) {
            dictionary = null; // frees it before the next one is read
            byte[] bytes = Codec.decompress(page.codec, body(page), 0, page.uncompressed());
            int count = (int) page.header.struct(7).number(1, 0);
            known = Values.read(bytes, 0, 0, type, count, null);
            dictionary = known;
            dictionaryPage = page;
        }
        return known;
    }

    private static ByteBuffer little(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(at);
    }

    private static int width(int most) {
        return 32 - Integer.numberOfLeadingZeros(most);
    }
}
