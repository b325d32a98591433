package org.data2vec4j;

import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.embed.IndexModel;
import org.data2vec4j.index.Hit;
import org.data2vec4j.index.IndexInfo;
import org.data2vec4j.index.IndexedSample;
import org.data2vec4j.index.VectorIndex;
import org.jspecify.annotations.Nullable;

/**
 * An index of a collection's vectors, as {@code d2v index} makes it, to search in. Searches may run in several threads at once. The
 * model is loaded when a file or a text is first searched for. Whoever opens an index closes it, in the same thread.
 */
public final class Index implements AutoCloseable {
    private final VectorIndex vectors;
    private final @Nullable Path run;
    private @Nullable Data2Vec model;

    private Index(VectorIndex vectors, @Nullable Path run) {
        this.vectors = vectors;
        this.run = run;
    }

    /**
     * Opens an index.
     *
     * @throws UserException if the folder is no index, or is damaged
     */
    public static Index open(Path path) {
        return new Index(VectorIndex.open(path), null);
    }

    /** Opens an index whose run directory is in another place now than when the index was made. */
    public static Index open(Path path, Path run) {
        return new Index(VectorIndex.open(path), run);
    }

    /** What the vectors are. */
    public IndexInfo info() {
        return vectors.info();
    }

    /** The samples and their vectors. */
    public VectorIndex vectors() {
        return vectors;
    }

    /** How many samples there are. */
    public int size() {
        return vectors.size();
    }

    /**
     * The sample of a name.
     *
     * @throws UserException if there is none
     */
    public IndexedSample sample(String name) {
        IndexedSample sample = vectors.named(name);
        if (sample == null) {
            throw new UserException(vectors.path() + " has no sample '" + name + "'; names are those that hits have");
        }
        return sample;
    }

    /**
     * The samples whose vectors are nearest to a vector of the model, best first.
     *
     * @param vector (D) as {@link Data2Vec#embed(Path)} gives it
     * @param most how many at most
     */
    public List<Hit> search(float[] vector, int most) {
        return vectors.search(vector, most);
    }

    /** The samples nearest to a file's image, recording or text, best first. */
    public List<Hit> search(Path file, int most) {
        return search(model().embed(file), most);
    }

    /** The samples nearest to a text, best first. */
    public List<Hit> search(String text, int most) {
        return search(model().embed(text), most);
    }

    /** The samples nearest to one of the index, best first, without itself. */
    public List<Hit> search(IndexedSample sample, int most) {
        return vectors.search(sample, most);
    }

    /**
     * The model that made the vectors, loaded once; it computes with one thread.
     *
     * @throws UserException if its run directory is gone, or has another model now
     */
    public synchronized Data2Vec model() {
        Data2Vec loaded = model;
        if (loaded == null) {
            loaded = IndexModel.load(vectors, run);
            model = loaded;
        }
        return loaded;
    }

    @Override
    public void close() {
        Data2Vec loaded = model;
        if (loaded != null) {
            loaded.close();
        }
        vectors.close();
    }
}
