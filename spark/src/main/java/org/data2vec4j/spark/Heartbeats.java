package org.data2vec4j.spark;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import scala.jdk.javaapi.CollectionConverters;

/** Reads on the driver, from what executors report as they run, how far training is; until closed. */
final class Heartbeats extends SparkListener implements AutoCloseable {
    private final SparkContext spark;
    private final long last;
    private final String unit;
    private final Consumer<String> lines;
    private final long begun = System.nanoTime();

    Heartbeats(SparkContext spark, long updates, String unit, Consumer<String> lines) {
        this.spark = spark;
        this.last = updates;
        this.unit = unit;
        this.lines = lines;
        spark.addSparkListener(this);
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate report) {
        Map<String, Long> counts = new HashMap<>();
        CollectionConverters.asJava(report.accumUpdates())
                .forEach(task -> CollectionConverters.asJava(task._4()).forEach(info -> count(counts, info)));
        Long updates = counts.get(RankProgress.UPDATES);
        Long samples = counts.get(RankProgress.SAMPLES);
        if (updates != null && samples != null && samples > 0) {
            lines.accept(String.format(
                    Locale.ROOT,
                    "update %,d of %,d, %,d %s, %.1f a second",
                    updates,
                    last,
                    samples,
                    unit,
                    samples / ((System.nanoTime() - begun) / 1e9)));
        }
    }

    private static void count(Map<String, Long> counts, AccumulableInfo info) {
        if (info.name().isDefined()
                && info.update().isDefined()
                && info.update().get() instanceof Long value) {
            counts.merge(info.name().get(), value, Math::max);
        }
    }

    @Override
    public void close() {
        spark.removeSparkListener(this);
    }
}
