package org.data2vec4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.data2vec4j.cli.D2v;
import org.data2vec4j.core.UserException;
import org.data2vec4j.spark.SparkPretrainer.Pretrained;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricsFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Training on two executors of a cluster on this machine. */
@DisabledForJreRange(min = JRE.JAVA_24, disabledReason = Sparks.OLDER_JAVA)
class SparkPretrainerTest {
    private static SparkSession spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        spark = Sparks.twoExecutors();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static MetricHistory metrics(Path run) {
        return MetricsFile.read(run.resolve(MetricsFile.NAME));
    }

    private static double loss(Path run) {
        return metrics(run).last("loss").orElseThrow();
    }

    /** Two ranks make the updates that one makes; a stopped run goes on with another number of them. */
    @Test
    void twoExecutorsTrainAsOne() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Path two = folder.resolve("two");
        Pretrained trained = new SparkPretrainer(spark.sparkContext(), 2)
                .reporting(lines::add)
                .run("image-tiny", TinySettings.images(two));
        assertThat(trained).isEqualTo(new Pretrained(two.toString(), 50));
        assertThat(lines).isNotEmpty().allMatch(line -> line.matches("update \\d+ of 50, [\\d,]+ images, .* a second"));
        Path one = folder.resolve("one");
        SparkPretrainer alone = new SparkPretrainer(spark.sparkContext(), 1);
        alone.run("image-tiny", TinySettings.images(one, "train.updates=20"));
        assertThat(loss(one)).isNotCloseTo(loss(two), within(1e-3));
        alone.run("image-tiny", TinySettings.images(one, "resume=changed"));
        assertThat(loss(one)).isCloseTo(loss(two), within(1e-5 * loss(two)));
    }

    /** The example job: what executors compute is what {@code d2v embed} writes, and a bad file among 30 is told. */
    @Test
    void theJobsVectorsAreThoseOfTheCommand() throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        for (int i = 0; i < 30; i++) {
            Files.write(files.resolve(i + ".png"), Pictures.png(i));
        }
        Files.writeString(files.resolve("bad.png"), "no picture");
        Path run = folder.resolve("run");
        Path output = folder.resolve("vectors.parquet");
        List<String> words = TinySettings.images(run, "data=" + files, "train.updates=3");
        words.addAll(List.of("recipe=image-tiny", "tasks=2", "files=" + files, "output=" + output));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PretrainAndEmbed.run(spark, words, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(run + " has 3 updates\n")
                .contains("31 files in " + output + ", of which without a vector: 1\n")
                .contains("bad.png: not an image of a known format (");
        Map<String, Float> commands = firstNumbers(run, files);
        assertThat(commands).hasSize(30);
        for (Row row : spark.read().parquet(output.toString()).collectAsList()) {
            String name = row.getString(0).substring(row.getString(0).lastIndexOf('/') + 1);
            if (!name.equals("bad.png")) {
                assertThat(row.<Float>getList(1).get(0)).as(name).isCloseTo(commands.get(name), within(1e-5f));
            }
        }
    }

    private Map<String, Float> firstNumbers(Path run, Path files) throws Exception {
        Path csv = folder.resolve("vectors.csv");
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        String[] words = {"embed", "run=" + run, "data=" + files, "output=" + csv};
        assertThat(D2v.run(words, nowhere, nowhere)).isZero();
        Map<String, Float> first = new HashMap<>();
        for (String line : Files.readAllLines(csv).subList(1, 31)) {
            String[] cells = line.split(",", -1);
            first.put(cells[0].substring(cells[0].lastIndexOf('/') + 1), Float.parseFloat(cells[1]));
        }
        return first;
    }

    /** Spark tries the stage again with a new executor, and that goes on from the newest checkpoint. */
    @Test
    void anExecutorThatDiesIsReplacedAndTheRunGoesOn() throws Exception {
        Path run = folder.resolve("run");
        List<String> settings = TinySettings.images(
                run,
                "train.updates=600",
                "checkpoint.every_updates=50",
                "guard.after_updates=1000",
                "train.distributed.timeout_seconds=10");
        CompletableFuture<Pretrained> training = CompletableFuture.supplyAsync(
                () -> new SparkPretrainer(spark.sparkContext(), 2).run("image-tiny", settings));
        while (!training.isDone() && !Files.exists(run.resolve("checkpoints/step-000050/state.json"))) {
            Thread.sleep(20);
        }
        ProcessHandle executor = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        assertThat(executor.destroyForcibly()).isTrue();
        assertThat(training.get(3, TimeUnit.MINUTES).updates()).isEqualTo(600);
        List<Long> updates = Files.readAllLines(run.resolve(MetricsFile.NAME)).stream()
                .filter(line -> line.contains("\"loss\""))
                .map(line -> Long.valueOf(line.replaceAll(".*\"update\":(\\d+).*", "$1")))
                .toList();
        assertThat(updates).isEqualTo(LongStream.rangeClosed(1, 600).boxed().toList());
    }

    @Test
    void aWrongRecipeIsToldBeforeAnythingRuns() {
        SparkPretrainer two = new SparkPretrainer(spark.sparkContext(), 2);
        assertThatThrownBy(() -> two.run("image-tiny", TinySettings.images(folder, "train.bach=3")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("bach");
        assertThatThrownBy(() -> two.run("image-tinny", List.of("run=" + folder)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("image-tinny");
    }

    @Test
    void whatATaskFailsOfIsOneLine() {
        Path run = folder.resolve("run");
        assertThatThrownBy(() -> new SparkPretrainer(spark.sparkContext(), 2)
                        .run("image-tiny", TinySettings.images(run, "data=" + folder.resolve("nothing"))))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("a task failed: ")
                .hasMessageContaining("nothing")
                .hasMessageNotContaining("\n");
        assertThat(Files.exists(run.resolve("checkpoints"))).isFalse();
    }
}
