package org.data2vec4j.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Index;
import org.data2vec4j.Options;
import org.jspecify.annotations.Nullable;

/**
 * A model that is served, with its index if there is one.
 *
 * @param name by which requests choose it
 * @param model computes with one thread
 * @param index null if a run is served alone
 * @param queue of samples to be embedded
 */
record ServedModel(String name, Data2Vec model, @Nullable Index index, EmbeddingQueue queue) implements AutoCloseable {
    /** Opens an index with its model, or a run directory. */
    static ServedModel open(String name, Path path, Function<Data2Vec, EmbeddingQueue> queues) {
        if (Files.isRegularFile(path.resolve("index.json"))) {
            Index index = Index.open(path);
            boolean opened = false;
            try {
                Data2Vec model = index.model();
                opened = true;
                return new ServedModel(name, model, index, queues.apply(model));
            } finally {
                if (!opened) {
                    index.close();
                }
            }
        }
        Data2Vec model = Data2Vec.load(path, Options.threads(1));
        return new ServedModel(name, model, null, queues.apply(model));
    }

    @Override
    public void close() {
        queue.close();
        if (index != null) {
            index.close();
        } else {
            model.close();
        }
    }
}
