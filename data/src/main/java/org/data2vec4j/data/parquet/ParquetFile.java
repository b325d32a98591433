package org.data2vec4j.data.parquet;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.FileFailure;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An open Parquet file: its columns by dotted names, and what the {@code datasets} library of Hugging Face says of them in the file's
 * metadata. Columns inside lists are left out. Reads from many threads at once.
 */
public final class ParquetFile implements AutoCloseable {
    private static final int MAGIC = 0x31524150; // PAR1
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path path;
    private final FileChannel channel;
    private final int rows;
    private final Map<String, Leaf> leaves = new LinkedHashMap<>();
    private final Map<String, ParquetColumn> open = new HashMap<>();
    private final List<Thrift> groups;
    private final JsonNode features;

    /** A column: its place among a row group's, the type of its values, and how many levels of it may be null. */
    private record Leaf(int index, int type, int levels) {}

    private ParquetFile(Path path, FileChannel channel, Thrift footer) throws IOException {
        this.path = path;
        this.channel = channel;
        this.rows = Math.toIntExact(footer.number(3, 0));
        this.groups = footer.structs(4);
        List<Thrift> schema = footer.structs(2);
        int[] at = {1, 0};
        for (int i = 0; i < schema.get(0).number(5, 0); i++) {
            addLeaves(schema, at, "", 0, false);
        }
        this.features = features(footer);
    }

    /** Opens a file; one that cannot be read throws a {@link UserException}. */
    public static ParquetFile open(Path path) {
        FileChannel channel = null;
        ParquetFile file = null;
        try {
            channel = FileChannel.open(path);
            long size = channel.size();
            ByteBuffer tail = size < 12 ? ByteBuffer.allocate(8) : read(channel, size - 8, 8);
            if (tail.getInt(4) != MAGIC) {
                throw new IOException("it has no Parquet footer; it is cut off or no Parquet file");
            }
            int length = tail.getInt(0);
            if (length < 0 || length > size - 12) {
                throw new IOException("its footer is damaged");
            }
            file = new ParquetFile(path, channel, Thrift.read(read(channel, size - 8 - length, length)));
            return file;
        } catch (IOException e) {
            throw unreadable(path, e);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
            throw new UserException("the Parquet file " + path + " cannot be read: its footer is damaged", e);
        } finally {
            if (file == null && channel != null) {
                closeQuietly(channel);
            }
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // the failure to read is what the user is told
        }
    }

    private static UserException unreadable(Path path, IOException e) {
        return new UserException("the Parquet file " + path + " cannot be read: " + FileFailure.reason(e), e);
    }

    /** Depth first; {@code at} holds the next element and the next leaf. */
    private void addLeaves(List<Thrift> schema, int[] at, String prefix, int levels, boolean repeated) {
        Thrift element = schema.get(at[0]++);
        String name = prefix + element.text(4);
        long repetition = element.number(3, 0);
        int own = levels + (repetition == 1 ? 1 : 0);
        boolean list = repeated || repetition == 2;
        if (!element.has(5)) {
            int leaf = at[1]++;
            if (!list) {
                leaves.put(name, new Leaf(leaf, (int) element.number(1, -1), own));
            }
            return;
        }
        for (int i = 0; i < element.number(5, 0); i++) {
            addLeaves(schema, at, name + ".", own, list);
        }
    }

    private static JsonNode features(Thrift footer) {
        for (Thrift pair : footer.structs(5)) {
            String value = pair.text(2);
            if ("huggingface".equals(pair.text(1)) && value != null) {
                try {
                    return JSON.readTree(value).path("info").path("features");
                } catch (JacksonException e) {
                    return JSON.createObjectNode(); // not theirs after all
                }
            }
        }
        return JSON.createObjectNode();
    }

    static ByteBuffer read(FileChannel channel, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("the Parquet file is cut off");
            }
        }
        return bytes.flip();
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** The names of the columns; those of structures are dotted. */
    public List<String> columns() {
        return List.copyOf(leaves.keySet());
    }

    /** Whether a column holds text or bytes; otherwise it holds numbers. */
    public boolean isText(String column) {
        Leaf leaf = leaves.get(column);
        return leaf != null && leaf.type == Values.BYTE_ARRAY;
    }

    /** The type that {@code datasets} gives a column, such as {@code Image}; empty if it gives none. */
    public String feature(String column) {
        return features.path(column).path("_type").asString("");
    }

    /** The names of the classes whose numbers a column has; empty if it says none. */
    public List<String> classes(String column) {
        List<String> names = new ArrayList<>();
        features.path(column).path("names").forEach(name -> names.add(name.asString()));
        return names;
    }

    /** A column, which is indexed when it is first asked for; null if there is none of this name. */
    public synchronized @Nullable ParquetColumn column(String name) {
        Leaf leaf = leaves.get(name);
        if (leaf == null) {
            return null;
        }
        ParquetColumn known = open.get(name);
        if (known == null) {
            try {
                known = ParquetColumn.index(channel, groups, leaf.index, leaf.type, leaf.levels);
            } catch (IOException e) {
                throw unreadable(path, e);
            } catch (BufferUnderflowException e) {
                throw new UserException("the Parquet file " + path + " cannot be read: a page is damaged", e);
            }
            open.put(name, known);
        }
        return known;
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
