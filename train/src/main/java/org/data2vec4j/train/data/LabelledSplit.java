package org.data2vec4j.train.data;

import java.util.Map;
import java.util.stream.IntStream;

/**
 * The labelled samples that a run is measured on. No sample is in both parts, and both name the same classes. The files stay open
 * until it is closed.
 *
 * @param train the samples that classify
 * @param test the samples that are classified
 * @param protocol how samples become inputs, by name, as far as scores depend on it
 * @param closing closes the files
 */
public record LabelledSplit(LabelledDataset train, LabelledDataset test, Map<String, String> protocol, Runnable closing)
        implements AutoCloseable {
    /** The share of the largest class of the test samples, in percent: what a constant answer gets. */
    public double chance() {
        int[] counts = new int[test.classes().size()];
        IntStream.range(0, test.size())
                .map(test::label)
                .filter(label -> label >= 0)
                .forEach(label -> counts[label]++);
        int known = IntStream.of(counts).sum();
        return 100.0 * IntStream.of(counts).max().orElse(0) / Math.max(1, known);
    }

    @Override
    public void close() {
        closing.run();
    }
}
