package org.data2vec4j.interop.pickle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * An open checkpoint: its containers in memory, its tensors in the file until they are read, one by one. Both of PyTorch's forms are
 * known: the zip archive (since 1.6) and the older row of pickles.
 */
public final class TorchFile implements AutoCloseable {
    private final Path path;
    private final RandomAccessFile file;
    private final @Nullable Object root;
    private final Map<String, Place> storages;

    /** Where a storage's bytes are. */
    record Place(long start, long bytes) {}

    private TorchFile(Path path, RandomAccessFile file, @Nullable Object root, Map<String, Place> storages) {
        this.path = path;
        this.file = file;
        this.root = root;
        this.storages = storages;
    }

    /**
     * Opens a file.
     *
     * @throws UserException naming the file if it is no checkpoint, is damaged, or wants something run
     */
    public static TorchFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new UserException(path + " is not a file");
        }
        RandomAccessFile file = null;
        boolean opened = false;
        try {
            file = new RandomAccessFile(path.toFile(), "r");
            byte[] head = new byte[4];
            int read = file.read(head);
            boolean zip = read == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
            Contents contents = zip ? zip(file) : legacy(file);
            opened = true;
            return new TorchFile(path, file, contents.root(), contents.storages());
        } catch (UserException e) {
            throw new UserException(path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UserException("cannot read " + path + ": " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new UserException(path + ": nested too deeply; refused", e);
        } finally {
            if (file != null && !opened) {
                close(file);
            }
        }
    }

    private record Contents(@Nullable Object root, Map<String, Place> storages) {}

    private static Contents zip(RandomAccessFile file) throws IOException {
        ZipDirectory directory = ZipDirectory.read(file);
        ZipDirectory.Entry pickle = directory.pickle();
        Object root = Unpickler.read(map(file, pickle.start(), pickle.bytes()), Storage::of);
        Map<String, Place> storages = new LinkedHashMap<>();
        directory.storages().forEach((key, entry) -> storages.put(key, new Place(entry.start(), entry.bytes())));
        return new Contents(root, storages);
    }

    private static Contents legacy(RandomAccessFile file) throws IOException {
        ByteBuffer bytes = map(file, 0, Math.min(file.length(), Integer.MAX_VALUE));
        if (bytes.remaining() < 2 || (bytes.get(0) & 0xFF) != 0x80) {
            throw new UserException("neither of PyTorch's forms: no zip archive and no pickle at the beginning");
        }
        PickleInput in = new PickleInput(bytes);
        Map<String, Storage> known = new LinkedHashMap<>();
        Object magic = new Unpickler(in, Storage::of).load();
        if (!(magic instanceof java.math.BigInteger number)
                || !number.toString(16).equals("1950a86a20f9469cfc6c")) {
            throw new UserException("a pickle, but not a checkpoint of PyTorch: its magic number is missing");
        }
        new Unpickler(in, Storage::of).load(); // protocol
        new Unpickler(in, Storage::of).load(); // about the system it was written on
        Object root = new Unpickler(in, id -> {
                    Storage storage = Storage.of(id);
                    known.put(storage.key(), storage);
                    return storage;
                })
                .load();
        Object keys = new Unpickler(in, Storage::of).load();
        if (!(keys instanceof List<?> order)) {
            throw new UserException("the list of storages is missing");
        }
        Map<String, Place> storages = new LinkedHashMap<>();
        long at = in.position();
        for (Object key : order) {
            Storage storage = known.get(String.valueOf(key));
            if (storage == null || at + Long.BYTES > file.length()) {
                throw new UserException("storage " + key + " is not described, or the file ends before it");
            }
            long elements =
                    map(file, at, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (elements != storage.elements()) {
                throw new UserException("storage " + key + " has " + elements + " elements where " + storage.elements()
                        + " are described");
            }
            long left = file.length() - at - Long.BYTES;
            if (elements > left / storage.type().bytes()) {
                throw new UserException("the file ends in storage " + key);
            }
            long size = elements * storage.type().bytes();
            storages.put(storage.key(), new Place(at + Long.BYTES, size));
            at += Long.BYTES + size;
        }
        return new Contents(root, storages);
    }

    private static ByteBuffer map(RandomAccessFile file, long start, long count) throws IOException {
        if (count > Integer.MAX_VALUE) {
            throw new UserException("a part of " + count + " bytes is larger than can be read at once");
        }
        return file.getChannel().map(FileChannel.MapMode.READ_ONLY, start, count);
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** What was saved: containers, numbers, text and {@link PickleTensor}s. */
    public @Nullable Object root() {
        return root;
    }

    /**
     * Reads a tensor, in its own element type, in the scope open now.
     *
     * @throws UserException if its storage is missing or shorter than described
     */
    public Tensor read(PickleTensor tensor) {
        Place place = storages.get(tensor.storage());
        DType type = tensor.type();
        if (place == null || place.bytes() / type.bytes() < tensor.elements()) {
            throw new UserException(path + ": storage " + tensor.storage() + " is "
                    + (place == null ? "missing" : "only " + place.bytes() + " bytes long") + "; " + tensor.elements()
                    + " elements are described");
        }
        if (tensor.numel() > Integer.MAX_VALUE / type.bytes()) {
            throw new UserException(path + ": a tensor of shape " + Arrays.toString(tensor.shape())
                    + " is larger than can be read at once; allowed: 2 GB");
        }
        try {
            int[] places = tensor.contiguous() ? null : tensor.positions();
            long count = tensor.numel();
            if (count == 0) {
                return Tensors.empty(type, Device.CPU, tensor.shape());
            }
            long span = places == null ? count : Arrays.stream(places).max().orElse(0) + 1L;
            ByteBuffer bytes = map(file, place.start() + tensor.offset() * type.bytes(), span * type.bytes());
            return Tensors.ofBytes(
                    places == null ? bytes : gathered(bytes, places, type.bytes()), type, tensor.shape());
        } catch (IOException e) {
            throw new UserException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static ByteBuffer gathered(ByteBuffer bytes, int[] places, int size) {
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(places.length, size));
        for (int place : places) {
            for (int i = 0; i < size; i++) {
                out.put(bytes.get(place * size + i));
            }
        }
        return out.flip();
    }

    /** The tensors below a mapping, by name; other entries are left out. */
    public static Map<String, PickleTensor> tensors(@Nullable Object mapping) {
        Map<String, PickleTensor> tensors = new LinkedHashMap<>();
        if (mapping instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key instanceof String name && value instanceof PickleTensor tensor) {
                    tensors.put(name, tensor);
                }
            });
        }
        return tensors;
    }

    /** Keys of the root mapping, for messages. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (root instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> keys.add(String.valueOf(key)));
        }
        return keys;
    }

    @Override
    public void close() {
        close(file);
    }

    private static void close(RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // It was only read.
        }
    }
}
