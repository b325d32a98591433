package org.data2vec4j.tensor.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * An open safetensors file whose every rule held when it was opened: nothing of a file that breaks one is readable. Tensors are
 * mapped one by one when asked for, so a file may be larger than memory and than 2 GiB (a single tensor may not). Every error is a
 * {@link UserException} of one line naming the file, the tensor and what is wrong. Safe for use by several threads.
 */
public final class SafeTensorsFile implements AutoCloseable {
    private static final int PREFIX = 8; // the header's length, unsigned and little-endian

    private final Path path;
    private final FileChannel channel;
    private final Header header;
    private final long dataStart;

    private SafeTensorsFile(Path path, FileChannel channel, Header header, long dataStart) {
        this.path = path;
        this.channel = channel;
        this.header = header;
        this.dataStart = dataStart;
    }

    /** Opens a file and checks its whole header; reads no tensor. */
    public static SafeTensorsFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new UserException(path + ": " + (Files.exists(path) ? "not a file" : "no such file"));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            long headerBytes = headerBytes(channel);
            ByteBuffer bytes = read(channel, PREFIX, (int) headerBytes);
            long dataStart = PREFIX + headerBytes;
            Header header = Header.parse(bytes, channel.size() - dataStart);
            return new SafeTensorsFile(path, channel, header, dataStart);
        } catch (UserException e) {
            closeQuietly(channel, e);
            throw new UserException(path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            closeQuietly(channel, e);
            throw new UserException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static long headerBytes(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < PREFIX) {
            throw new UserException("truncated: a safetensors file has at least 8 bytes; found " + size);
        }
        long length = read(channel, 0, PREFIX).getLong();
        if (length < 0 || length > Header.LONGEST) {
            throw new UserException("the header's length is " + Long.toUnsignedString(length) + "; allowed: up to "
                    + Header.LONGEST + "; not a safetensors file");
        }
        if (length > size - PREFIX) {
            throw new UserException("truncated: the header needs " + length + " bytes; found " + (size - PREFIX));
        }
        return length;
    }

    private static ByteBuffer read(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new UserException("truncated while being read, at byte " + (position + bytes.position()));
            }
        }
        return bytes.flip();
    }

    private static void closeQuietly(@Nullable FileChannel channel, Exception failure) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** The file's path, as given. */
    public Path path() {
        return path;
    }

    /** The tensors' names, sorted. */
    public List<String> names() {
        return List.copyOf(header.tensors().keySet());
    }

    /** The free-form text values of the header, sorted by name; empty if it has none. */
    public SortedMap<String, String> metadata() {
        return Collections.unmodifiableSortedMap(header.metadata());
    }

    /** Whether there is a tensor of this name. */
    public boolean has(String name) {
        return header.tensors().containsKey(name);
    }

    /** A tensor's type and shape, without touching its bytes. */
    public TensorSpec spec(String name) {
        return place(name).spec();
    }

    /** A tensor with its bytes, mapped. Stays readable after {@link #close}. */
    public TensorEntry entry(String name) {
        Header.Place place = place(name);
        long bytes = place.spec().bytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new UserException(path + ": tensor '" + name + "' has " + bytes + " bytes; allowed: up to "
                    + Integer.MAX_VALUE + " per tensor");
        }
        try {
            ByteBuffer data = bytes == 0
                    ? ByteBuffer.allocate(0)
                    : channel.map(FileChannel.MapMode.READ_ONLY, dataStart + place.begin(), bytes);
            return new TensorEntry(place.spec(), data);
        } catch (IOException e) {
            throw new UserException(path + ": tensor '" + name + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private Header.Place place(String name) {
        Header.@Nullable Place place = header.tensors().get(name);
        if (place == null) {
            throw new UserException(path + ": no tensor '" + name + "' among its "
                    + header.tensors().size());
        }
        return place;
    }

    /** Closes the file; entries already taken stay readable. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UserException(path + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
