package org.data2vec4j.embed;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.core.UserException;
import org.data2vec4j.index.Comparison;
import org.data2vec4j.index.IndexInfo;
import org.data2vec4j.index.IndexedSample;
import org.data2vec4j.index.NewSample;
import org.data2vec4j.index.VectorIndex;
import org.data2vec4j.train.data.SampleCollection;

/**
 * Puts the samples of a collection into an index. A sample whose name, label and content are there already is not computed again, and
 * neither is one whose content is there under another name. Stopped at any time, the same command goes on where it was: what was
 * committed is kept.
 */
public final class Indexing {
    private static final int COMMIT = 512;
    private static final long NANOS_BETWEEN_COMMITS = 2_000_000_000L;
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

    private final Data2Vec model;
    private final Consumer<String> messages;
    private int embedded;
    private int unchanged;
    private int unreadable;

    /** What becomes of samples of the index that are not in the collection. */
    public enum Others {
        /** The index is to hold the collection and nothing else. */
        REMOVE,
        /** The collection is added to what is there. */
        KEEP
    }

    /**
     * What was done.
     *
     * @param size samples in the index now
     * @param embedded vectors that were computed
     * @param unchanged samples that were there already
     * @param removed samples that are gone
     * @param unreadable samples of the collection that cannot be used
     * @param leftOut vectors that were zero or not finite
     */
    public record Summary(int size, int embedded, int unchanged, int removed, int unreadable, long leftOut) {}

    /**
     * An indexing by a model.
     *
     * @param messages told what is left out, and now and then how far it is
     */
    public Indexing(Data2Vec model, Consumer<String> messages) {
        this.model = model;
        this.messages = messages;
    }

    /**
     * Brings an index up to date with a collection; makes the index if there is none.
     *
     * @param data images or recordings as in pre-training, or a text file of which each line that is not blank is a text
     * @param space how a new index compares vectors
     */
    public Summary write(String data, Path output, Others others, Comparison space) {
        embedded = 0;
        unchanged = 0;
        unreadable = 0;
        try (SampleCollection samples =
                        model.modality().collection(data, model.run().context(messages));
                VectorIndex index = VectorIndex.change(output, info(space))) {
            Set<String> gone = add(samples, index);
            int removed = 0;
            for (String name : others == Others.REMOVE ? gone : Set.<String>of()) {
                removed += index.remove(name) ? 1 : 0;
            }
            index.commit();
            if (index.size() == 0) {
                throw new UserException(data + " has nothing that can be embedded");
            }
            index.finish();
            return new Summary(index.size(), embedded, unchanged, removed, unreadable, index.leftOut());
        }
    }

    /** What an index of this model's vectors is. */
    private IndexInfo info(Comparison space) {
        return new IndexInfo(
                IndexInfo.FORMAT,
                model.info().modality(),
                model.modality().samples(),
                model.width(),
                model.run().path().toAbsolutePath().normalize().toString(),
                model.info().weights(),
                ModelFingerprint.of(model),
                space,
                Path.of("").toAbsolutePath().toString());
    }

    /** Returns the names of the index that are not in the collection, or cannot be used any more. */
    private Set<String> add(SampleCollection samples, VectorIndex index) {
        Map<String, IndexedSample> byName = new HashMap<>();
        Map<String, IndexedSample> byHash = new HashMap<>();
        for (IndexedSample sample : index.samples()) {
            byName.put(sample.name(), sample);
            byHash.put(sample.hash(), sample);
        }
        Set<String> others = new HashSet<>(byName.keySet());
        int waiting = 0;
        long committed = System.nanoTime();
        long said = committed;
        try (PreparedSamples prepared =
                new PreparedSamples(samples, model, new HashMap<>(byName), new HashMap<>(byHash))) {
            for (PreparedSamples.Chunk chunk = prepared.next(); chunk != null; chunk = prepared.next()) {
                chunk.complaints().forEach(messages);
                unreadable += chunk.complaints().size();
                unchanged += chunk.unchanged().size();
                chunk.unchanged().forEach(others::remove);
                for (NewSample sample : vectors(chunk, index)) {
                    others.remove(sample.name());
                    index.add(sample);
                    waiting++;
                }
                long now = System.nanoTime();
                if (waiting >= COMMIT || now - committed > NANOS_BETWEEN_COMMITS) {
                    index.commit();
                    waiting = 0;
                    committed = now;
                }
                if (now - said > NANOS_BETWEEN_LINES) {
                    said = now;
                    messages.accept(index.size() + " of " + samples.size() + " "
                            + index.info().samples() + " indexed");
                }
            }
        }
        return others;
    }

    private List<NewSample> vectors(PreparedSamples.Chunk chunk, VectorIndex index) {
        List<NewSample> all = chunk.withVectors(model, index);
        embedded += chunk.toCompute();
        return all;
    }
}
