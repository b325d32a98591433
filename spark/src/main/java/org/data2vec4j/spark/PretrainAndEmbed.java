package org.data2vec4j.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.data2vec4j.core.Check;
import org.data2vec4j.run.RunArguments;

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

    /**
     * Runs the job.
     *
     * @param words {@code recipe=}, {@code tasks=}, {@code run=}, {@code data=}, {@code files=} (a folder that Hadoop reads, with its
     *     sub-folders), {@code output=}, and any {@code a.b=c} of the recipe
     * @param out told how far it is
     */
    static void run(SparkSession spark, List<String> words, PrintStream out) {
        RunArguments arguments = new RunArguments(words, WORDS);
        String recipe = arguments.require("recipe", "recipe=image-tiny");
        String files = arguments.require("files", "files=/shared/photos");
        String output = arguments.require("output", "output=/shared/vectors.parquet");
        int tasks = Check.positive("tasks", arguments.number("tasks", 1));
        SparkPretrainer.Pretrained trained = new SparkPretrainer(spark.sparkContext(), tasks)
                .reporting(out::println)
                .run(recipe, arguments.overrides());
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
