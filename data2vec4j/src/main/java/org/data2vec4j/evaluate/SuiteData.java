package org.data2vec4j.evaluate;

import java.util.Map;
import org.data2vec4j.evaluation.suite.Samples;

/**
 * What a run is evaluated on; open until closed.
 *
 * @param bank samples that classify
 * @param test samples that are classified
 * @param reading how samples become inputs, for the protocol: by name
 * @param shown how test samples are shown
 * @param closing frees the sources
 */
record SuiteData(Samples bank, Samples test, Map<String, String> reading, Preview shown, Runnable closing)
        implements AutoCloseable {
    @Override
    public void close() {
        closing.run();
    }
}
