package org.data2vec4j.spark;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.data2vec4j.Recipe;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.run.PretrainConfig;
import scala.reflect.ClassTag$;

/**
 * Pre-trains one run with several tasks of a Spark cluster: a barrier stage, of which each task is a rank, as
 * {@code d2v launch} has processes. All executors must see the data and the run directory under the paths that the recipe names; the
 * same call goes on from the run's newest checkpoint, with any number of tasks. If one task fails, all do, and Spark tries the
 * stage again ({@code spark.stage.maxConsecutiveAttempts}) from there.
 *
 * <p>A task takes {@code spark.task.cpus} threads, unless the recipe says {@code train.threads}, and the GPU of its place on its
 * machine. Spark's page of the stage counts the samples that each task has read while it runs.
 */
public final class SparkPretrainer {
    private static final String CHANGED_SETTINGS = "resume=changed";

    private final SparkContext spark;
    private final int tasks;
    private Consumer<String> progress = line -> {};

    /**
     * A trainer.
     *
     * @param tasks how many ranks; the cluster must be able to run them at the same time
     */
    public SparkPretrainer(SparkContext spark, int tasks) {
        this.spark = spark;
        this.tasks = positive(tasks);
    }

    private static int positive(int tasks) {
        if (tasks < 1) {
            throw new UserException("tasks is " + tasks + "; allowed: 1 or more");
        }
        return tasks;
    }

    /** The same that also tells, on the driver, how far training is, whenever the executors report (every 10 seconds). */
    public SparkPretrainer reporting(Consumer<String> lines) {
        this.progress = lines;
        return this;
    }

    /**
     * Trains until the recipe's last update.
     *
     * @param recipe a built-in recipe's name or a file of the driver's
     * @param settings {@code a.b=c}, as on the command line: {@code data=}, {@code run=} and others; {@code resume=changed} goes on with a
     *     run that was begun with other settings
     * @return the run directory and how many updates it has
     * @throws UserException if the recipe is wrong, before anything is run
     */
    public Pretrained run(String recipe, List<String> settings) {
        List<String> ofRecipe =
                settings.stream().filter(word -> !word.equals(CHANGED_SETTINGS)).toList();
        Recipe resolved = Recipe.load(recipe, ofRecipe);
        PretrainConfig config = resolved.bind();
        LongAccumulator updates = spark.longAccumulator(RankProgress.UPDATES);
        LongAccumulator samples = spark.longAccumulator(RankProgress.SAMPLES);
        RankTask task = new RankTask(resolved.resolved(), settings.contains(CHANGED_SETTINGS), updates, samples);
        try (Heartbeats heartbeats = new Heartbeats(
                spark, config.train().updates(), config.modality().samples(), progress)) {
            spark.setJobDescription(config.method().title() + " of " + config.data() + " into " + config.run() + ", "
                    + tasks + " tasks");
            List<Long> ends = JavaSparkContext.fromSparkContext(spark)
                    .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
                    .rdd()
                    .barrier()
                    .mapPartitions(task, false, ClassTag$.MODULE$.apply(Long.class))
                    .toJavaRDD()
                    .repartition(1) // Spark does not try a barrier stage again whose results go to the driver
                    .collect();
            return new Pretrained(config.run(), ends.get(0));
        } catch (Exception e) {
            throw failure(e);
        } finally {
            spark.setJobDescription(null);
        }
    }

    /** What happened in a task, without Spark's own account of it. */
    private static RuntimeException failure(Exception e) {
        if (e instanceof SparkException && e.getMessage() != null) {
            return new UserException("a task failed: " + RankTask.reason(e.getMessage()), e);
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }

    /**
     * What was trained.
     *
     * @param run the run directory
     * @param updates that it has now
     */
    public record Pretrained(String run, long updates) {}
}
