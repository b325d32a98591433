package org.data2vec4j.embed;

import java.nio.file.Files;
import java.nio.file.Path;
import org.data2vec4j.Data2Vec;
import org.data2vec4j.Options;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.UserException;
import org.data2vec4j.index.IndexInfo;
import org.data2vec4j.index.VectorIndex;
import org.jspecify.annotations.Nullable;

/** Loads the model that made an index. */
public final class IndexModel {
    private IndexModel() {}

    /**
     * The model, computing with one thread: a search embeds one sample, and several threads would only wait for each other.
     *
     * @param moved where its run directory is now; null: where it was
     * @throws UserException if the run directory is gone, or its vectors are not those of the index
     */
    public static Data2Vec load(VectorIndex index, @Nullable Path moved) {
        IndexInfo info = index.info();
        Path run = moved == null ? Path.of(info.run()) : moved;
        if (!Files.isDirectory(run)) {
            throw new UserException("the run " + run + ", whose model made " + index.path()
                    + ", is not there; say where it is with --run DIR");
        }
        Data2Vec model = Data2Vec.load(
                run, Options.weights(WeightsChoice.one(info.weights())).withThreads(1));
        boolean fits = false;
        try {
            if (!ModelFingerprint.of(model).equals(info.model())) {
                throw new UserException("the model of " + run + " is not the one that made " + index.path()
                        + ": it was trained on since, or is another; build the index again");
            }
            fits = true;
            return model;
        } finally {
            if (!fits) {
                model.close();
            }
        }
    }
}
