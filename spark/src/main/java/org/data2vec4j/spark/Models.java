package org.data2vec4j.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.SparkFiles;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Options;
import org.data2vec4j.RunFolder;
import org.data2vec4j.WeightsChoice;

/** The models of an executor: loaded once for all its tasks, and kept until it ends. */
final class Models {
    private static final ConcurrentMap<Key, Data2Vec> LOADED = new ConcurrentHashMap<>();

    private Models() {}

    /** A run's encoder as its newest checkpoint has it. */
    private record Key(Path run, WeightsChoice weights, String checkpoint) {}

    static Data2Vec of(String run, WeightsChoice weights, int threads) {
        Path here = Path.of(run);
        Path added = Path.of(SparkFiles.getRootDirectory()).resolve(run);
        Path path = Files.exists(here) || !Files.exists(added) ? here : added;
        RunFolder.State newest = RunFolder.of(path).state();
        Key key =
                new Key(path, weights, newest == null ? "" : newest.checkpoint().toString());
        return LOADED.computeIfAbsent(key, asked -> load(asked, threads));
    }

    private static Data2Vec load(Key key, int threads) {
        return Data2Vec.load(key.run(), Options.weights(key.weights()).withThreads(threads));
    }
}
