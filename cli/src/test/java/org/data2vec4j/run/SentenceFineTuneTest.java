package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.Classifier;
import org.data2vec4j.core.UserException;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.data2vec4j.text.data.LabelledData;
import org.data2vec4j.text.data.LabelledText;
import org.data2vec4j.train.record.MetricHistory;
import org.data2vec4j.train.record.MetricsFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code d2v finetune} on sentences, from end to end. */
class SentenceFineTuneTest {
    @TempDir
    static Path shared;

    private static Path books;

    @TempDir
    Path folder;

    @BeforeAll
    static void pretrain() {
        books = shared.resolve("books");
        Outcome outcome = TinyTexts.pretrain(books, "text.length=32", "text.vocabulary=600", "data=synthetic:300");
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private static Outcome finetune(Path run, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "finetune",
                "recipe=text-tiny-sst2",
                "from=" + books,
                "run=" + run,
                "precision=fp32",
                "device=cpu",
                "sentences.length=32",
                "train.updates=6",
                "train.batch=8",
                "train.threads=1",
                "train.log_every=1",
                "checkpoint.every_updates=3",
                "evaluate.every_updates=0"));
        words.addAll(List.of(more));
        return TinyRuns.d2v(words.toArray(String[]::new));
    }

    private static MetricHistory metrics(Path run) {
        return MetricsFile.read(run.resolve(MetricsFile.NAME));
    }

    private Path write(String name, String... lines) throws Exception {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    @Test
    void topicsAreLearned() throws Exception {
        Path run = folder.resolve("run");
        Outcome outcome = finetune(
                run,
                "data=synthetic:400",
                "test=synthetic:100",
                "train.updates=150",
                "train.batch=16",
                "schedule.warmup=10",
                "optimizer.learning_rate=0.01",
                "sentences.dropout=0",
                "checkpoint.every_updates=1000");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("400 texts in 6 classes from synthetic:400; encoder teacher of " + books);
        assertThat(metrics(run).last("eval/accuracy_synthetic:100").getAsDouble())
                .isGreaterThan(70); // chance is 17; the topic is in the words
        assertThat(run.resolve("classes.txt")).content().startsWith("sea\nkitchen\n");
        classifies(run);
    }

    private void classifies(Path run) throws IOException {
        List<LabelledText> texts = LabelledData.synthetic(1000, 30, 5).texts();
        try (Classifier model = Classifier.open(run)) {
            int right = 0;
            for (LabelledText text : texts) {
                float[] probabilities = model.classify(text.first());
                double total = 0;
                int best = 0;
                for (int c = 0; c < probabilities.length; c++) {
                    total += probabilities[c];
                    best = probabilities[c] > probabilities[best] ? c : best;
                }
                assertThat(total).isBetween(0.999, 1.001);
                right += best == (int) text.target() ? 1 : 0;
            }
            assertThat(right).isGreaterThan(15);
            String first = texts.get(0).first();
            Path file = Files.writeString(folder.resolve("sentence.txt"), first);
            assertThat(model.classify(file)).containsExactly(model.classify(first), within(1e-6f));
            assertThat(model.classify(first, "another")).hasSize(6);
            assertThatThrownBy(() -> model.classify(run.toString(), (name, probabilities) -> {}, warning -> {}))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("folders are read for images only");
        }
    }

    @Test
    void severalSeedsGiveAMedianAndGoOnWhereTheyWere() throws Exception {
        Path train = write("train.txt", "yes all is well", "no it is not", "yes so good", "no so bad", "yes fine");
        Path test = write("test.v1.txt", "yes well", "no bad", "no not so");
        Path run = folder.resolve("run");
        String[] words = {"data=" + train, "test=" + test, "seeds=3,5,8", "weights=random", "labelled=0.6"};
        Outcome outcome = finetune(run, words);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("3 texts in 2 classes", "seed 8 in " + run.resolve("seed-8"))
                .contains("random of " + books + ", seeds 3, 5, 8", "| accuracy_test | ");
        String table = Files.readString(run.resolve("seeds.md"));
        assertThat(table).contains("| score | median | mean | lowest | highest | 95 % of the median |");
        assertThat(run.resolve("seed-3/tokenizer.json")).exists();
        assertThat(run.resolve("seed-3/classes.txt")).hasContent("no\nyes\n");
        double first =
                metrics(run.resolve("seed-3")).last("eval/largest_share_test").getAsDouble();
        assertThat(first).isBetween(50.0, 100.0);
        Outcome again = finetune(run, words);
        assertThat(again.out()).contains("the run is finished: " + run.resolve("seed-3/checkpoints/step-000006"));
        assertThat(run.resolve("seeds.md")).hasContent(table);
    }

    @Test
    void goesOnWithTheSameSeedAndDataOnly() throws Exception {
        Path train = write("train.txt", "yes all is well", "no it is not", "yes so good", "no so bad");
        Path run = folder.resolve("run");
        Outcome first = finetune(run, "data=" + train, "test=" + train, "seed=3", "train.updates=3");
        assertThat(first.code()).as(first.err()).isZero();
        Outcome seed = finetune(run, "data=" + train, "test=" + train, "seed=4");
        assertThat(seed.code()).isEqualTo(1);
        assertThat(seed.err())
                .contains("the seed is 4 but ", " was made with 3; set seed=3, or another run=DIR")
                .hasLineCount(1);
        write("train.txt", "yes all is well", "no it is not", "yes so good", "no so very bad");
        Outcome data = finetune(run, "data=" + train, "test=" + train, "seed=3");
        assertThat(data.code()).isEqualTo(1);
        assertThat(data.err())
                .contains("the data has changed since the checkpoint")
                .hasLineCount(1);
        write("train.txt", "yes all is well", "no it is not", "yes so good", "no so bad");
        Outcome same = finetune(run, "data=" + train, "test=" + train, "seed=3", "resume=changed");
        assertThat(same.code()).as(same.err()).isZero();
        assertThat(same.out()).contains("resuming from ");
    }

    @Test
    void constantPredictionsAreCalledAFailure() throws Exception {
        Path train = write("train.txt", "1 good", "0 bad");
        Path test = write("same.txt", "1 so so", "0 so so", "1 so so");
        Outcome outcome = finetune(folder.resolve("run"), "data=" + train, "test=" + test, "seeds=1,2");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("all predictions for " + test + " are the same")
                .contains("Failed on same: seeds [1, 2] gave every sample the same prediction");
    }

    @Test
    void glueFilesWithPairsAndASubmission() throws Exception {
        List<String> rows = new ArrayList<>(List.of("index\tsentence1\tsentence2\tlabel"));
        List<String> test = new ArrayList<>(List.of("index\tsentence1\tsentence2"));
        for (int i = 0; i < 12; i++) {
            rows.add(i + "\ta \"quoted word " + i + "\tanother\t" + (i % 2 == 0 ? "entailment" : "not_entailment"));
            test.add(i + "\tpremise " + i + "\thypothesis");
        }
        Path train = write("train.tsv", rows.toArray(String[]::new));
        Path unlabelled = write("test.tsv", test.toArray(String[]::new));
        Path run = folder.resolve("run");
        Outcome outcome = finetune(run, "task=rte", "data=" + train, "test=" + train + "," + unlabelled);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(metrics(run).names()).contains("eval/accuracy_train").doesNotContain("eval/accuracy_test");
        assertThat(outcome.out()).contains("wrote " + run.resolve("RTE.tsv"), "its server will not take the file");
        List<String> lines = Files.readAllLines(run.resolve("RTE.tsv"));
        assertThat(lines).hasSize(13).first().isEqualTo("index\tprediction");
        assertThat(lines.get(12)).matches("11\t(not_)?entailment");
    }

    @Test
    void numbersAreLearnedAndMeasuredByCorrelation() throws Exception {
        List<String> rows = new ArrayList<>(List.of("sentence1\tsentence2\tscore"));
        for (int i = 0; i < 20; i++) {
            rows.add("the sea " + i + "\tthe ship\t" + i % 6 * 0.9);
        }
        Path train = write("train.tsv", rows.toArray(String[]::new));
        Path run = folder.resolve("run");
        Outcome outcome = finetune(
                run,
                "task=sts-b",
                "data=" + train,
                "test=" + train,
                "sentences.classifier.head={kind: first, dropout: 0.1}");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("20 texts with numbers");
        assertThat(metrics(run).names())
                .contains("eval/pearson_train", "eval/spearman_train", "eval/score_train", "loss/squared_error");
    }

    @Test
    void frozenFeaturesAreMeasured() throws Exception {
        String[] words = {"run=" + books, "data=synthetic:200", "test=synthetic:50", "weights=teacher"};
        Outcome knn = TinyRuns.d2v("knn", words[0], words[1], words[2], words[3]);
        assertThat(knn.code()).as(knn.err()).isZero();
        assertThat(knn.out())
                .contains(books + " at update 6, teacher", "6 classes, bank 200, test 50", "| bag of tokens |")
                .containsPattern("\\| k-NN \\(last, mean\\) \\| [0-9.]+ ± [0-9.]+ \\| [0-9.]+ \\| [0-9.]+ \\|");
        Outcome probe = TinyRuns.d2v("probe", words[0], words[1], words[2], words[3], "layer=all");
        assertThat(probe.out())
                .containsPattern("\\| linear probe \\(block 0, mean\\) \\| [0-9.]+ ± [0-9.]+ \\| [0-9.]+ \\|  \\|")
                .containsPattern("\\| linear probe \\(last, mean\\) \\| [0-9.]+ ± [0-9.]+ \\| [0-9.]+ \\| [0-9.]+ \\|");
        Outcome json = TinyRuns.d2v("probe", words[0], words[1], words[2], "bank=100", "layer=sum", "--json");
        assertThat(json.code()).as(json.err()).isZero();
        JsonNode root = JsonMapper.shared().readTree(json.out());
        assertThat(root.path("probe").asString()).isEqualTo("linear");
        assertThat(root.path("bank").asInt()).isEqualTo(100);
        assertThat(root.path("encoders").path("teacher"))
                .extracting(score -> score.path("view").asString())
                .containsExactly("last, mean", "learned sum of layers");
        assertThat(root.path("random").get(0).path("accuracy").asDouble()).isBetween(0.0, 100.0);
        assertThat(root.path("raw").path("features").asString()).isEqualTo("bag of tokens");
        Outcome none = TinyRuns.d2v("knn", "run=" + books, "data=synthetic");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("test=… is missing");
        Outcome numbers = TinyRuns.d2v(
                "probe",
                "run=" + books,
                "task=stsb",
                "data=" + write("t.tsv", "sentence1\tsentence2\tscore", "a\tb\t1"),
                "test=x");
        assertThat(numbers.err()).contains("has no classes");
    }

    @Test
    void whatIsWrongIsOneLineThatSaysWhat() throws Exception {
        Path lines = write("train.txt", "1 good", "0 bad");
        refused("'" + folder.resolve("absent") + "' does not exist", "data=" + folder.resolve("absent"));
        refused("the label is '2'; allowed: 0, 1", "data=" + lines, "test=" + write("test.txt", "1 fine", "2 what"));
        refused("the GLUE task is 'glu'", "data=" + lines, "task=glu");
        refused("there is no column 'sentence1'", "data=" + lines, "task=rte");
        refused("the encoder of " + books + " knows 32 places", "data=" + lines, "sentences.length=33");
        refused("seeds is '1,1'", "data=" + lines, "seeds=1,1");
        refused("has no labels to learn from", "task=cola", "data=" + write("t.tsv", "index\tsentence", "0\thello"));
        Path images = folder.resolve("images");
        assertThat(TinyRuns.pretrain(images, "train.updates=1").code()).isZero();
        refused("sentences need an encoder of text", "data=" + lines, "from=" + images);
        refused(
                "has a student and a teacher; set weights=student or weights=teacher",
                "data=" + lines,
                "weights=encoder");
    }

    private void refused(String message, String... words) {
        Outcome outcome = finetune(folder.resolve("refused"), words);
        assertThat(outcome.code()).as(message).isEqualTo(1);
        assertThat(outcome.err()).startsWith("d2v: ").contains(message);
        assertThat(outcome.err().strip().lines()).hasSize(1);
        assertThat(folder.resolve("refused/checkpoints")).doesNotExist();
    }
}
