package org.data2vec4j.index;

import io.github.jbellis.jvector.disk.ByteBufferReader;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.diversity.VamanaDiversityProvider;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.ForkJoinPool;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.data2vec4j.data.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * Approximate search by a hierarchical graph of near neighbours (Malkov and Yashunin, 2018, with the pruning of DiskANN, Subramanya et
 * al., 2019), which JVector makes and searches. The graph is of the first rows; those added after it was made are searched exactly,
 * until there are enough of them to extend it. Its file has the checksum of the space that it was made in.
 */
final class VectorGraph {
    static {
        // JVector's jars have no module names, so they are on the class path even when this library is on the module
        // path.
        VectorGraph.class
                .getModule()
                .addReads(VectorGraph.class.getClassLoader().getUnnamedModule());
    }

    /** The vectors from which on a graph is made: searching fewer takes a few milliseconds. */
    static final int FROM = 20_000;

    static final String FILE = "graph.bin";

    private static final int MAGIC = 0x64327647; // "d2vG"
    private static final int HEADER = 4 * Integer.BYTES;
    private static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.DOT_PRODUCT;
    private static final int NEIGHBOURS = 16;
    private static final int CANDIDATES = 100; // of a new node's neighbours
    private static final float OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;
    private static final int LEAST_VISITED = 100;
    private static final int TAIL = 5_000;

    private final OnHeapGraphIndex graph;
    private final int rows;

    private VectorGraph(OnHeapGraphIndex graph, int rows) {
        this.graph = graph;
        this.rows = rows;
    }

    /**
     * The graph that belongs to vectors; null if there is none of this space and these rows that is whole. JVector's other form of
     * files holds a copy of the vectors and cannot be extended.
     */
    @SuppressWarnings("deprecation")
    static @Nullable VectorGraph open(Path index, UnitVectors vectors, int space) throws IOException {
        Path file = index.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER || in.getInt() != MAGIC || in.getInt() != space) {
            return null;
        }
        int rows = in.getInt();
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        if (rows > vectors.size() || in.getInt(bytes.length - Integer.BYTES) != (int) crc.getValue()) {
            return null;
        }
        ByteBuffer body = in.slice(HEADER - Integer.BYTES, bytes.length - HEADER);
        OnHeapGraphIndex graph = OnHeapGraphIndex.load(
                new ByteBufferReader(body),
                vectors.width(),
                OVERFLOW,
                new VamanaDiversityProvider(scores(vectors), ALPHA));
        return new VectorGraph(graph, rows);
    }

    private static BuildScoreProvider scores(UnitVectors vectors) {
        return BuildScoreProvider.randomAccessScoreProvider(new GraphVectors(vectors), SIMILARITY);
    }

    /** Makes, extends or removes the graph of an index, as its vectors ask for; null if there is none then. */
    static @Nullable VectorGraph update(Path index, UnitVectors vectors, BitSet alive, int space, int from)
            throws IOException {
        if (alive.cardinality() < from) {
            Files.deleteIfExists(index.resolve(FILE));
            return null;
        }
        VectorGraph known = open(index, vectors, space);
        if (known != null && vectors.size() - known.rows <= TAIL) {
            return known;
        }
        VectorGraph grown = new VectorGraph(grow(known, vectors, alive), vectors.size());
        grown.write(index.resolve(FILE), space);
        return grown;
    }

    private static OnHeapGraphIndex grow(@Nullable VectorGraph known, UnitVectors vectors, BitSet alive)
            throws IOException {
        ForkJoinPool pool = new ForkJoinPool(Runtime.getRuntime().availableProcessors());
        BuildScoreProvider scores = scores(vectors);
        GraphIndexBuilder.Builder settings = known == null
                ? GraphIndexBuilder.builder(scores, vectors.width(), NEIGHBOURS)
                : GraphIndexBuilder.builder(scores, vectors.width(), known.graph);
        try (GraphIndexBuilder builder = settings.withBeamWidth(CANDIDATES)
                .withNeighborOverflow(OVERFLOW)
                .withAlpha(ALPHA)
                .withSimdExecutor(pool)
                .withParallelExecutor(pool)
                .build()) {
            BitSet added = alive.get(0, vectors.size());
            added.clear(0, known == null ? 0 : known.rows);
            pool.submit(() -> added.stream()
                            .parallel()
                            .forEach(row -> builder.addGraphNode(row, GraphVectors.of(vectors.get(row)))))
                    .join();
            builder.cleanup();
            return (OnHeapGraphIndex) builder.getGraph();
        } finally {
            pool.shutdown();
        }
    }

    @SuppressWarnings("deprecation") // see open
    private void write(Path file, int space) {
        AtomicFile.write(file, channel -> {
            CRC32C crc = new CRC32C();
            DataOutputStream out = new DataOutputStream(
                    new CheckedOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), crc));
            out.writeInt(MAGIC);
            out.writeInt(space);
            out.writeInt(rows);
            graph.save(out);
            out.writeInt((int) crc.getValue());
            out.flush();
        });
    }

    /** The nearest rows to a vector of length 1, best first: of the graph's as far as it finds them, of the others exactly. */
    RowScore[] search(UnitVectors vectors, float[] unit, int most, BitSet alive) {
        int visited = Math.max(LEAST_VISITED, 4 * most);
        BestHits best = new BestHits(most);
        SearchScoreProvider scores =
                DefaultSearchScoreProvider.exact(GraphVectors.of(unit), SIMILARITY, new GraphVectors(vectors));
        try (GraphSearcher searcher = new GraphSearcher(graph)) {
            for (SearchResult.NodeScore node :
                    searcher.search(scores, most, visited, 0, 0, alive::get).getNodes()) {
                best.add(vectors.product(node.node, unit), node.node);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (RowScore row : vectors.search(new float[][] {unit}, most, rows, alive)[0]) {
            best.add(row.score(), row.row());
        }
        return best.sorted();
    }
}
