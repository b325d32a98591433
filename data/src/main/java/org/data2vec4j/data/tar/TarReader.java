package org.data2vec4j.data.tar;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Walks the regular files of an archive in order, reading or passing over each. An archive that ends before its
 * end-of-archive marker, or has a header with a wrong checksum, is an {@link IOException} that says so.
 */
public final class TarReader implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_NAME = 1 << 20;

    private final InputStream in;
    private final long totalBytes;
    private long position;
    private long entryEnd;

    private TarReader(InputStream in, long totalBytes) {
        this.in = in;
        this.totalBytes = totalBytes;
    }

    /** Reads an uncompressed archive; entries that are passed over are never read from the disk. */
    public static TarReader plain(Path file) throws IOException {
        return new TarReader(new FileInputStream(file.toFile()), Files.size(file));
    }

    /** Reads a gzip-compressed archive. */
    public static TarReader gzip(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            return new TarReader(new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER), Long.MAX_VALUE);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** The next regular file, or null after the last; directories, links and the like are passed over. */
    public @Nullable TarEntry next() throws IOException {
        skipTo(entryEnd);
        PaxRecord extended = PaxRecord.EMPTY;
        while (true) {
            byte[] block = new byte[TarHeader.BLOCK];
            long headerAt = position;
            readFully(block);
            if (TarHeader.isEndMarker(block)) {
                drain();
                return null;
            }
            TarHeader header = new TarHeader(block, headerAt);
            long size = extended.size() >= 0 ? extended.size() : header.size();
            entryEnd = paddedEnd(position, size);
            switch (header.type()) {
                case 'L' -> extended = extended.withName(gnuName(meta(size)));
                case 'x' -> extended = PaxRecord.parse(meta(size), extended);
                default -> {
                    if (header.isRegularFile()) {
                        String name = extended.name();
                        return new TarEntry(name == null ? header.name() : name, position, size);
                    }
                    if (header.type() != 'g' && header.type() != 'K') {
                        extended = PaxRecord.EMPTY; // it described this entry
                    }
                }
            }
            skipTo(entryEnd);
        }
    }

    /** The bytes of the entry that {@link #next()} gave last; once per entry. */
    public byte[] read(TarEntry entry) throws IOException {
        if (position != entry.offset()) {
            throw new IllegalStateException("the reader has moved on from " + entry.name());
        }
        if (entry.size() > Integer.MAX_VALUE - 8) {
            throw new IOException(entry.name() + " has " + entry.size() + " bytes; at most 2 GiB can be read");
        }
        byte[] bytes = in.readNBytes((int) entry.size());
        position += bytes.length;
        if (bytes.length < entry.size()) {
            throw truncated();
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte[] meta(long size) throws IOException {
        if (size > LONGEST_NAME) {
            throw new IOException(
                    "a name record of " + size + " bytes before byte " + position + ": a damaged archive");
        }
        byte[] bytes = new byte[(int) size];
        readFully(bytes);
        return bytes;
    }

    private static String gnuName(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private long paddedEnd(long start, long size) throws IOException {
        long end = start + (size + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK;
        if (end < start || end > totalBytes) {
            throw truncated();
        }
        return end;
    }

    private void readFully(byte[] target) throws IOException {
        int got = in.readNBytes(target, 0, target.length);
        position += got;
        if (got < target.length) {
            throw truncated();
        }
    }

    private void skipTo(long target) throws IOException {
        try {
            in.skipNBytes(target - position);
        } catch (EOFException e) {
            throw truncated();
        }
        position = target;
    }

    /** A compressed stream checks its own sum at its end, so it is read to there. */
    private void drain() throws IOException {
        if (totalBytes == Long.MAX_VALUE) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private EOFException truncated() {
        return new EOFException("the archive is cut off after byte " + position);
    }
}
