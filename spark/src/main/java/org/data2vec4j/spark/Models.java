package org.data2vec4j.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.SparkFiles;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Options;
import org.data2vec4j.train.checkpoint.Checkpoints;

/** The models of an executor: loaded once for all its tasks, and kept until it ends. */
final class Models {
    private static final ConcurrentMap<Key, Data2Vec> LOADED = new ConcurrentHashMap<>();

    private Models() {}

    /** A run's encoder as its newest checkpoint has it. */
    private record Key(Path run, String weights, String checkpoint) {}

    static Data2Vec of(String run, String weights, int threads) {
        Path here = Path.of(run);
        Path added = Path.of(SparkFiles.getRootDirectory()).resolve(run);
        Path path = Files.exists(here) || !Files.exists(added) ? here : added;
        Checkpoints.Saved newest = new Checkpoints(path, 1).newest();
        Key key = new Key(path, weights, newest == null ? "" : newest.folder().toString());
        return LOADED.computeIfAbsent(key, asked -> load(asked, threads));
    }

    /** In a thread of its own: what holds the model's memory stays the innermost holder of the thread that loads it. */
    private static Data2Vec load(Key key, int threads) {
        CompletableFuture<Data2Vec> loading = new CompletableFuture<>();
        Thread loader = new Thread(() -> {
            try {
                Options options = Options.weights(key.weights()).withThreads(threads);
                loading.complete(Data2Vec.load(key.run(), options));
            } catch (RuntimeException | Error e) {
                loading.completeExceptionally(e);
            }
        });
        loader.setDaemon(true);
        loader.start();
        try {
            return loading.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
