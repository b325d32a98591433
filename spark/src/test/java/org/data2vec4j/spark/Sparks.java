package org.data2vec4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Spark on this machine, without its web page. */
final class Sparks {
    /** Why tests are skipped there. */
    static final String OLDER_JAVA = "Hadoop's libraries, which Spark 4.1 uses, refuse Java 24 and newer";

    private Sparks() {}

    /** Tasks as threads of this JVM. */
    static SparkSession threads(int tasks) {
        return builder("local[" + tasks + "]").getOrCreate();
    }

    /** Two executors of one core, in JVMs of their own. */
    static SparkSession twoExecutors() throws IOException {
        Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        return builder("local-cluster[2,1,1024]")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config("spark.executor.heartbeatInterval", "500ms")
                .config("spark.stage.maxConsecutiveAttempts", 2)
                .getOrCreate();
    }

    private static SparkSession.Builder builder(String master) {
        return SparkSession.builder()
                .master(master)
                .appName("data2vec4j")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1");
    }
}
