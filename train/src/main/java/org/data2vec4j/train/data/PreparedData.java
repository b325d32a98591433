package org.data2vec4j.train.data;

import java.nio.file.Path;
import java.util.List;

/** What a run has made of its data once, and other runs on the same data can use instead of making it again. */
public interface PreparedData {
    /** Copies to another run directory what has to lie there before the data is opened; what is there stays. */
    void copyTo(Path run);

    /** Settings, {@code key=value}, by which another run finds the rest. */
    List<String> settings();
}
