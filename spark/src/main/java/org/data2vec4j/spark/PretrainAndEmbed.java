package org.data2vec4j.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.data2vec4j.core.UserException;

/**
 * A job for {@code spark-submit}: pre-trains on a folder of pictures or recordings with several tasks, and writes the vectors of the
 * files of another folder to Parquet.
 *
 * <pre>
 * spark-submit … --class org.data2vec4j.spark.PretrainAndEmbed spark.jar recipe=image-tiny tasks=2 \
 *     data=/shared/photos run=/shared/runs/photos files=/shared/others output=/shared/vectors.parquet train.updates=500
 * </pre>
 */
public final class PretrainAndEmbed {
    private static final Set<String> WORDS = Set.of("recipe", "tasks", "files", "output");

    private PretrainAndEmbed() {}

    /** Runs the job in the session that {@code spark-submit} describes. */
    public static void main(String[] words) throws IOException {
        try (SparkSession spark = SparkSession.builder().appName("data2vec4j").getOrCreate()) {
            run(spark, List.of(words), System.out);
        }
    }

    private static String required(Map<String, String> words, String key, String example) {
        String value = words.get(key);
        if (value == null || value.isEmpty()) {
            throw new UserException(key + "=… is missing, for example: " + key + "=" + example);
        }
        return value;
    }

    private static int number(String tasks) {
        try {
            return Integer.parseInt(tasks);
        } catch (NumberFormatException e) {
            throw new UserException("tasks is '" + tasks + "'; allowed: a whole number", e);
        }
    }

    /**
     * Runs the job.
     *
     * @param words {@code recipe=}, {@code tasks=}, {@code run=}, {@code data=}, {@code files=} (a folder that Hadoop reads, with its
     *     sub-folders), {@code output=}, and any {@code a.b=c} of the recipe
     * @param out told how far it is
     */
    static void run(SparkSession spark, List<String> words, PrintStream out) {
        Map<String, String> own = new HashMap<>();
        List<String> settings = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw new UserException("'" + word + "' is not of the form key=value, such as train.batch=32");
            }
            String key = word.substring(0, equals);
            if (WORDS.contains(key)) {
                own.put(key, word.substring(equals + 1));
            } else {
                settings.add(word);
            }
        }
        String recipe = required(own, "recipe", "image-tiny");
        String files = required(own, "files", "/shared/photos");
        String output = required(own, "output", "/shared/vectors.parquet");
        int tasks = number(own.getOrDefault("tasks", "1"));
        SparkPretrainer.Pretrained trained = new SparkPretrainer(spark.sparkContext(), tasks)
                .reporting(out::println)
                .run(recipe, settings);
        out.println(trained.run() + " has " + trained.updates() + " updates");
        Dataset<Row> contents = spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", true)
                .load(files)
                .select("path", "content")
                .repartition(Math.max(tasks, spark.sparkContext().defaultParallelism()));
        contents.transform(new Embedder(trained.run(), "content"))
                .drop("content")
                .write()
                .parquet(output);
        Dataset<Row> vectors = spark.read().parquet(output);
        Dataset<Row> refused = vectors.filter(functions.col("vector").isNull());
        out.println(vectors.count() + " files in " + output + ", of which without a vector: " + refused.count());
        for (Row row : refused.select("path", "reason").takeAsList(10)) {
            out.println(row.getString(0) + ": " + row.getString(1));
        }
    }
}
