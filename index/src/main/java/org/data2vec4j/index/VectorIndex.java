package org.data2vec4j.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a collection in a folder. The files of vectors and pictures only grow; the journal says which of their parts count, and
 * is written after them, so that what is in the journal is whole. Statistics ({@link VectorSpace}) and the graph for approximate search
 * are made from the vectors again whenever they are missing. Searches may run in many threads; who opens an index to change it uses one.
 */
public final class VectorIndex implements AutoCloseable {
    private static final String VECTORS = "vectors.bin";
    private static final String PICTURES = "pictures.bin";
    private static final int LONGEST_WORDS = 300;
    private static final int LONGEST_NAME = 16_000; // three bytes a character fit the journal's form
    private static final int CHUNK = 1024;

    private final Path path;
    private final IndexInfo info;
    private final IndexContent content = new IndexContent();
    private final List<float[]> added = new ArrayList<>(); // raw vectors since the last commit
    private final List<byte[]> addedPictures = new ArrayList<>();
    private final FileChannel pictures;
    private final @Nullable Changes changes; // null: opened to read only
    private VectorSpace space;
    private UnitVectors vectors;
    private @Nullable VectorGraph graph;
    private long leftOut;

    /** What is open only to change an index. */
    private record Changes(IndexFolder hold, IndexJournal journal, FileChannel vectors) {}

    private VectorIndex(Path path, IndexInfo info, @Nullable IndexFolder hold) throws IOException {
        this.path = path;
        this.info = info;
        Path journal = path.resolve(IndexJournal.FILE);
        if (hold == null) {
            if (Files.exists(journal)) {
                IndexJournal.read(journal, content);
            }
            this.changes = null;
            this.pictures = FileChannel.open(path.resolve(PICTURES));
        } else {
            this.pictures = FileChannel.open(
                    path.resolve(PICTURES),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileChannel file = FileChannel.open(
                    path.resolve(VECTORS),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            this.changes = new Changes(hold, IndexJournal.open(journal, content), file);
            cut(file, content.rows() * rowBytes());
            cut(pictures, content.picturesEnd());
        }
        VectorSpace known = VectorSpace.read(path, info.space(), info.width());
        this.space = known == null ? statistics() : known;
        this.vectors = load();
        this.graph = VectorGraph.open(path, vectors, space.checksum());
    }

    /**
     * Opens an index to search in it.
     *
     * @throws UserException if the folder is no index, or is damaged
     */
    public static VectorIndex open(Path path) {
        IndexInfo info = IndexInfo.read(path);
        try {
            return new VectorIndex(path, info, null);
        } catch (IOException e) {
            throw new UserException("the index " + path + " cannot be read: " + e, e);
        }
    }

    /**
     * Opens an index to change it, or makes one.
     *
     * @param asked what a new index is to hold
     * @throws UserException if there is one of another model, or it cannot be written to
     */
    public static VectorIndex change(Path path, IndexInfo asked) {
        IndexFolder hold = IndexFolder.hold(path);
        boolean opened = false;
        try {
            if (!Files.exists(path.resolve(IndexInfo.FILE))) {
                asked.write(path);
            }
            IndexInfo info = IndexInfo.read(path);
            if (!info.model().equals(asked.model())) {
                throw new UserException(path + " has vectors of another model (" + info.weights() + " of " + info.run()
                        + "), which are not comparable; choose another output=DIR");
            }
            VectorIndex index = new VectorIndex(path, info, hold);
            opened = true;
            return index;
        } catch (IOException e) {
            throw new UserException("the index " + path + " cannot be opened: " + e, e);
        } finally {
            if (!opened) {
                hold.close();
            }
        }
    }

    /**
     * Opens an index that is there, to change it.
     *
     * @throws UserException if the folder is no index, or it cannot be written to
     */
    public static VectorIndex change(Path path) {
        return change(path, IndexInfo.read(path));
    }

    private static void cut(FileChannel file, long end) throws IOException {
        if (file.size() < end) {
            throw new IOException("a file has " + file.size() + " bytes, and the journal speaks of " + end);
        }
        file.truncate(end);
        file.position(end);
    }

    private long rowBytes() {
        return (long) Float.BYTES * info.width();
    }

    /** Told of raw vectors by row. */
    private interface Rows {
        void visit(int row, float[] vector) throws IOException;
    }

    private void forEachRow(Rows visitor) throws IOException {
        if (content.rows() == 0) {
            return;
        }
        try (FileChannel file = FileChannel.open(path.resolve(VECTORS))) {
            ByteBuffer buffer =
                    ByteBuffer.allocate(Math.toIntExact(CHUNK * rowBytes())).order(ByteOrder.LITTLE_ENDIAN);
            for (int from = 0; from < content.rows(); from += CHUNK) {
                int count = Math.min(CHUNK, content.rows() - from);
                buffer.clear().limit(Math.toIntExact(count * rowBytes()));
                readAll(file, buffer, from * rowBytes());
                for (int i = 0; i < count; i++) {
                    float[] vector = new float[info.width()];
                    buffer.slice(Math.toIntExact(i * rowBytes()), (int) rowBytes())
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer()
                            .get(vector);
                    visitor.visit(from + i, vector);
                }
            }
        }
    }

    private static void readAll(FileChannel file, ByteBuffer buffer, long at) throws IOException {
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("a file ends before what the journal speaks of");
            }
        }
    }

    private VectorSpace statistics() throws IOException {
        VectorSpace.Statistics statistics = new VectorSpace.Statistics(info.space(), info.width());
        forEachRow((row, vector) -> {
            if (content.alive().get(row)) {
                statistics.add(vector);
            }
        });
        return statistics.space();
    }

    private UnitVectors load() throws IOException {
        UnitVectors loaded = new UnitVectors(info.width());
        forEachRow((row, vector) -> {
            if (content.alive().get(row) && checksum(vector) != content.row(row).vectorChecksum()) {
                throw new UserException("the vector of "
                        + content.row(row).sample().name() + " in " + path + " is damaged; build the index again");
            }
            loaded.add(space.of(vector));
        });
        return loaded;
    }

    private static int checksum(float[] vector) {
        CRC32C crc = new CRC32C();
        crc.update(bytes(vector));
        return (int) crc.getValue();
    }

    private static ByteBuffer bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes;
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** What the vectors are. */
    public IndexInfo info() {
        return info;
    }

    /** How many samples there are. */
    public int size() {
        return content.size();
    }

    /** The samples, in the order in which they were added. */
    public List<IndexedSample> samples() {
        return content.samples();
    }

    /** The sample of a name; null if there is none. */
    public @Nullable IndexedSample named(String name) {
        IndexContent.Entry entry = content.named(name);
        return entry == null ? null : entry.sample();
    }

    /** The sample of a number; null if there is none. */
    public @Nullable IndexedSample numbered(long id) {
        IndexContent.Entry entry = content.numbered(id);
        return entry == null ? null : entry.sample();
    }

    /** How many vectors were left out since the index was opened, because they were zero or not finite. */
    public long leftOut() {
        return leftOut;
    }

    /** Whether searches of a few neighbours use a graph, and may miss some. */
    public boolean approximate() {
        return graph != null;
    }

    private IndexContent.Entry entry(IndexedSample sample) {
        IndexContent.Entry entry = content.numbered(sample.id());
        if (entry == null) {
            throw new UserException(sample.name() + " is not in " + path + " any more");
        }
        return entry;
    }

    /** A sample's small picture, a PNG file; empty if it has none. */
    public byte[] picture(IndexedSample sample) {
        IndexContent.Entry entry = entry(sample);
        ByteBuffer buffer = ByteBuffer.allocate(entry.pictureBytes());
        try {
            readAll(pictures, buffer, entry.pictureAt());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.array();
    }

    /** (D): a sample's vector, as the model gave it. */
    public float[] vector(IndexedSample sample) {
        int row = entry(sample).row();
        int waiting = row - (content.rows() - added.size());
        if (waiting >= 0) {
            return added.get(waiting);
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) rowBytes()).order(ByteOrder.LITTLE_ENDIAN);
        float[] vector = new float[info.width()];
        try (FileChannel file = FileChannel.open(path.resolve(VECTORS))) {
            readAll(file, buffer, row * rowBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.flip().asFloatBuffer().get(vector);
        return vector;
    }

    /** (D): a sample's vector in the space in which vectors are compared, of length 1. */
    public float[] compared(IndexedSample sample) {
        return vectors.get(entry(sample).row()).clone();
    }

    /**
     * (D): a model's vector in the space in which vectors are compared, of length 1.
     *
     * @throws UserException if it has another width, or numbers that are not finite
     */
    public float[] compared(float[] vector) {
        Check.that(
                vector.length == info.width(),
                "the vector has " + vector.length + " numbers, and those of " + path + " have " + info.width());
        Check.that(finite(vector), "the vector has numbers that are not finite");
        return space.of(vector);
    }

    private static boolean finite(float[] vector) {
        for (float value : vector) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The samples nearest to a vector of the model, best first.
     *
     * @param most how many at most
     */
    public List<Hit> search(float[] vector, int most) {
        return nearest(compared(vector), most);
    }

    /** The samples nearest to one of the index, best first, without itself. */
    public List<Hit> search(IndexedSample sample, int most) {
        List<Hit> hits = new ArrayList<>(nearest(compared(sample), Check.positive("the number of hits", most) + 1));
        hits.removeIf(hit -> hit.sample().id() == sample.id());
        return hits.subList(0, Math.min(most, hits.size()));
    }

    private List<Hit> nearest(float[] unit, int most) {
        Check.positive("the number of hits", most);
        VectorGraph fast = graph;
        RowScore[] found = fast == null
                ? vectors.search(new float[][] {unit}, most, 0, content.alive())[0]
                : fast.search(vectors, unit, most, content.alive());
        return Arrays.stream(found)
                .map(row -> new Hit(row.score(), content.row(row.row()).sample()))
                .toList();
    }

    /** The nearest samples of each of many vectors in the space of comparison, exactly, as matrix products. */
    public List<List<Hit>> searchAll(float[][] units, int most) {
        List<List<Hit>> all = new ArrayList<>();
        for (RowScore[] found : vectors.search(units, most, 0, content.alive())) {
            all.add(Arrays.stream(found)
                    .map(row -> new Hit(row.score(), content.row(row.row()).sample()))
                    .toList());
        }
        return all;
    }

    private Changes changes() {
        if (changes == null) {
            throw new IllegalStateException("the index " + path + " was opened to be read");
        }
        return changes;
    }

    /**
     * Puts a sample in place of the one of its name, or adds it; it is kept when {@link #commit} returns.
     *
     * @return false if it was left out, because its vector is zero or has numbers that are not finite
     */
    public boolean add(NewSample sample) {
        Check.that(
                sample.vector().length == info.width(),
                "the vector of " + sample.name() + " has " + sample.vector().length + " numbers; expected "
                        + info.width());
        Check.that(
                sample.name().length() <= LONGEST_NAME,
                "a sample's name has " + sample.name().length() + " characters; allowed: up to " + LONGEST_NAME);
        boolean zero = true;
        for (float value : sample.vector()) {
            zero &= value == 0;
        }
        if (zero || !finite(sample.vector())) {
            leftOut++;
            return false;
        }
        try {
            String words = sample.words().strip();
            IndexedSample known = new IndexedSample(
                    content.nextId(),
                    sample.name(),
                    sample.label(),
                    sample.hash(),
                    sample.bytes(),
                    words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) + "…" : words);
            int row = content.rows();
            int checksum = checksum(sample.vector());
            long at = content.picturesEnd();
            changes().journal().add(known, row, checksum, at, sample.picture().length);
            content.added(known, row, checksum, at, sample.picture().length);
            added.add(sample.vector());
            addedPictures.add(sample.picture());
            vectors.add(space.of(sample.vector()));
            return true;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Takes the sample of a name away, when {@link #commit} returns; false if there is none. */
    public boolean remove(String name) {
        IndexContent.Entry entry = content.named(name);
        if (entry == null) {
            return false;
        }
        changes().journal().remove(entry.sample().id());
        content.removed(entry.sample().id());
        return true;
    }

    /**
     * Takes away the sample of a name, or all in the folder of that name.
     *
     * @throws UserException if there is none
     */
    public void removeUnder(String name) {
        String folder = name.endsWith("/") ? name : name + "/";
        List<String> names = samples().stream()
                .map(IndexedSample::name)
                .filter(each -> each.equals(name) || each.startsWith(folder))
                .toList();
        if (names.isEmpty()) {
            throw new UserException(path + " has no sample '" + name + "', and none in a folder of that name");
        }
        names.forEach(this::remove);
    }

    /** Forces all changes to the disk: vectors and pictures, and then the journal, which makes them count. */
    public void commit() {
        try {
            for (float[] vector : added) {
                IndexJournal.writeAll(changes().vectors(), bytes(vector));
            }
            for (byte[] picture : addedPictures) {
                IndexJournal.writeAll(pictures, ByteBuffer.wrap(picture));
            }
            changes().vectors().force(false);
            pictures.force(false);
            changes().journal().commit();
            added.clear();
            addedPictures.clear();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Brings up to date what is made from the vectors: the statistics, once the collection is twice or half as large as when they were
     * made, and the graph, if there are enough vectors for one.
     */
    public void finish() {
        finish(VectorGraph.FROM);
    }

    /** The same with a graph from another number of vectors on. */
    void finish(int graphFrom) {
        commit();
        try {
            boolean saved = VectorSpace.read(path, info.space(), info.width()) != null;
            if (!saved || size() > 2 * space.count() || 2L * size() < space.count()) {
                space = statistics();
                space.write(path);
                vectors = load();
            }
            graph = VectorGraph.update(path, vectors, content.alive(), space.checksum(), graphFrom);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UserException unwritable(IOException e) {
        return new UserException("cannot write the index " + path + ": " + e + "; free some space and run it again", e);
    }

    @Override
    public void close() {
        try {
            pictures.close();
            if (changes != null) {
                changes.journal().close();
                changes.vectors().close();
                changes.hold().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
