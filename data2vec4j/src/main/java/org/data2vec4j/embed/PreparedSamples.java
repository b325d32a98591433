package org.data2vec4j.embed;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.core.UserException;
import org.data2vec4j.data.Batch;
import org.data2vec4j.index.IndexedSample;
import org.data2vec4j.index.NewSample;
import org.data2vec4j.index.VectorIndex;
import org.data2vec4j.report.Picture;
import org.data2vec4j.run.Thumbnails;
import org.data2vec4j.train.data.InputReader;
import org.data2vec4j.train.data.Preview;
import org.data2vec4j.train.data.SampleCollection;
import org.jspecify.annotations.Nullable;

/** Samples of a collection, read, compared with what an index has, and decoded by worker threads while vectors are computed. */
final class PreparedSamples implements AutoCloseable {
    private static final int LARGEST_PICTURE = 72;
    private static final int CHUNKS_AHEAD = 2;

    /** What is known of a sample before its vector. */
    @SuppressWarnings("ArrayRecordComponent") // the bytes of a small picture; never compared
    private record Item(
            String name,
            @Nullable String label,
            String hash,
            long bytes,
            String words,
            byte[] picture,
            @Nullable IndexedSample same) {
        NewSample with(float[] vector) {
            return new NewSample(name, label, hash, bytes, words, picture, vector);
        }
    }

    /**
     * Neighbouring samples.
     *
     * @param items those that are new or changed
     * @param batches of those whose content is new, in order
     * @param unchanged names of those that are in the index as they are
     * @param complaints a line on each that cannot be used
     */
    record Chunk(List<Item> items, List<Batch> batches, List<String> unchanged, List<String> complaints) {
        int toCompute() {
            return (int) items.stream().filter(item -> item.same() == null).count();
        }

        /** The new and changed samples with their vectors: computed, or those of samples of the same content. */
        List<NewSample> withVectors(Data2Vec model, VectorIndex index) {
            List<float[]> computed = new ArrayList<>();
            batches.forEach(batch -> Collections.addAll(computed, model.vectors(batch)));
            List<NewSample> all = new ArrayList<>();
            int next = 0;
            for (Item item : items) {
                IndexedSample same = item.same();
                all.add(item.with(same == null ? computed.get(next++) : index.vector(same)));
            }
            return all;
        }
    }

    private final SampleCollection samples;
    private final Data2Vec model;
    private final Map<String, IndexedSample> byName;
    private final Map<String, IndexedSample> byHash;
    private final int chunk;
    private final int ahead;
    private final ExecutorService workers;
    private final Deque<Future<Chunk>> waiting = new ArrayDeque<>();
    private int begun;

    /**
     * Begins to read.
     *
     * @param byName what the index has, by name
     * @param byHash the same by the hash of the content
     */
    PreparedSamples(
            SampleCollection samples,
            Data2Vec model,
            Map<String, IndexedSample> byName,
            Map<String, IndexedSample> byHash) {
        this.samples = samples;
        this.model = model;
        this.byName = byName;
        this.byHash = byHash;
        this.chunk = Math.max(1, model.run().config().train().batch());
        int threads = Math.max(1, model.run().config().train().workers());
        this.ahead = threads + CHUNKS_AHEAD;
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "index-reader");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The next samples; null at the end. */
    @Nullable
    Chunk next() {
        while (begun < samples.size() && waiting.size() < ahead) {
            int from = begun;
            int to = Math.min(samples.size(), from + chunk);
            begun = to;
            waiting.add(workers.submit(() -> prepare(from, to)));
        }
        Future<Chunk> first = waiting.poll();
        if (first == null) {
            return null;
        }
        try {
            return first.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while samples were read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Chunk prepare(int from, int to) {
        InputReader reader = model.reader();
        Chunk chunk = new Chunk(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = from; i < to; i++) {
            String name = samples.name(i);
            try {
                prepare(i, name, reader, chunk);
            } catch (IOException | UserException e) {
                chunk.complaints().add(name + " is left out: " + e.getMessage());
            }
        }
        chunk.batches().addAll(reader.take());
        return chunk;
    }

    private void prepare(int sample, String name, InputReader reader, Chunk chunk) throws IOException {
        byte[] file = samples.read(sample);
        String hash = hash(file);
        String label = samples.label(sample);
        IndexedSample known = byName.get(name);
        if (known != null && known.hash().equals(hash) && Objects.equals(known.label(), label)) {
            chunk.unchanged().add(name);
            return;
        }
        IndexedSample same = byHash.get(hash);
        if (same == null) {
            reader.add(file);
        }
        Preview preview = samples.preview(sample, file);
        Picture picture = Thumbnails.within(preview, LARGEST_PICTURE);
        byte[] png = picture == null ? new byte[0] : picture.png();
        chunk.items().add(new Item(name, label, hash, file.length, preview.words(), png, same));
    }

    private static String hash(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
