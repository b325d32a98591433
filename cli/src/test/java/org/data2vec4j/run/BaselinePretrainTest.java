package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.data2vec4j.run.TinyRuns.Outcome;
import org.data2vec4j.train.record.MetricsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The baselines, from end to end: MAE and RoBERTa by their recipes, gone on with and measured. */
class BaselinePretrainTest {
    private static final List<String> MAE = List.of(
            "recipe=mae-tiny",
            "data=synthetic:40",
            "image.size=16",
            "model.depth=2",
            "model.block.width=16",
            "model.block.heads=2",
            "mae.decoder.width=8",
            "mae.decoder.depth=1",
            "mae.decoder.heads=2",
            "evaluate.bank=20",
            "evaluate.queries=8");
    private static final List<String> ROBERTA = List.of(
            "recipe=roberta-tiny",
            "data=synthetic:60",
            "text.vocabulary=300",
            "text.length=16",
            "model.depth=2",
            "model.block.width=16",
            "model.block.heads=2");

    @TempDir
    Path folder;

    private static Outcome pretrain(List<String> recipe, Path run, String... more) {
        List<String> words = new ArrayList<>(List.of("pretrain", "run=" + run, "precision=fp32", "device=cpu"));
        words.addAll(recipe);
        words.addAll(List.of(
                "train.updates=6",
                "train.batch=4",
                "train.threads=1",
                "train.log_every=1",
                "train.diagnose_every=3",
                "checkpoint.every_updates=2"));
        words.addAll(Arrays.asList(more));
        return TinyRuns.d2v(words.toArray(String[]::new));
    }

    /** Trained in one go, and as if killed after update 4: the same bytes at the end. */
    private Path wholeAndResumed(List<String> recipe) throws Exception {
        Path whole = folder.resolve("whole");
        Outcome straight = pretrain(recipe, whole);
        assertThat(straight.code()).as(straight.err()).isZero();
        assertThat(straight.out()).contains("wrote " + whole.resolve("report.html"));
        Path parts = folder.resolve("parts");
        assertThat(pretrain(recipe, parts).code()).isZero();
        try (Stream<Path> files = Files.walk(parts.resolve("checkpoints/step-000006"))) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        Outcome resumed = pretrain(recipe, parts);
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("at update 4");
        for (String file : new String[] {"student", "optimiser"}) {
            Path last = Path.of("checkpoints", "step-000006", file + ".safetensors");
            assertThat(Files.mismatch(whole.resolve(last), parts.resolve(last)))
                    .as(file)
                    .isEqualTo(-1);
        }
        return whole;
    }

    private void refused(List<String> recipe, String setting, String expected) {
        Path run = folder.resolve("refused");
        Outcome outcome = pretrain(recipe, run, setting.split(" "));
        assertThat(outcome.code()).as(outcome.out()).isEqualTo(1);
        assertThat(outcome.err().strip().lines()).as(outcome.err()).hasSize(1);
        assertThat(outcome.err()).startsWith("d2v: ").contains(expected);
        assertThat(run.resolve("checkpoints")).doesNotExist();
    }

    @Test
    void maeTrainsGoesOnAndIsMeasured() throws Exception {
        Path run = wholeAndResumed(MAE);
        assertThat(MetricsFile.read(run.resolve(MetricsFile.NAME)).names())
                .contains("loss/reconstruction", "target/std", "eval/knn_encoder", "eval/probe_random");
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("MAE on 40 images", "What the student saw", "Nearest neighbours", "normalize_pixels");
        Outcome knn = TinyRuns.d2v("knn", "run=" + run, "weights=encoder", "bank=20", "queries=8");
        assertThat(knn.code()).as(knn.err()).isZero();
        assertThat(knn.out()).contains("at update 6, encoder", "k-NN", "random initialisation");
        Outcome teacher = TinyRuns.d2v("probe", "run=" + run, "weights=teacher", "bank=20", "queries=8");
        assertThat(teacher.code()).isEqualTo(1);
        assertThat(teacher.err()).contains("weights is 'teacher'; allowed: encoder, both");
    }

    @Test
    void maeHasOtherSettings() {
        Outcome outcome = pretrain(
                MAE,
                folder.resolve("run"),
                "mae.clones=2",
                "mae.normalize_pixels=false",
                "mae.mask.kind=block",
                "mae.mask.ratio=0.5",
                "mae.mask.length=1",
                "mae.mask.adjust=0",
                "precision=bf16");
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    @Test
    void robertaTrainsItsTokenizerGoesOnAndIsMeasured() throws Exception {
        Path run = wholeAndResumed(ROBERTA);
        assertThat(MetricsFile.read(run.resolve(MetricsFile.NAME)).names())
                .contains("loss/cross_entropy", "prediction/accuracy", "prediction/perplexity");
        assertThat(run.resolve("tokenizer.json")).exists();
        assertThat(Files.readString(run.resolve("report.html"))).contains("RoBERTa on ", "Nearest tokens");
        Path data = folder.resolve("train.txt");
        Files.writeString(data, "good so good it was\nbad how bad it was\ngood and good\nbad and bad\n".repeat(3));
        Outcome knn = TinyRuns.d2v("knn", "run=" + run, "data=" + data, "test=" + data);
        assertThat(knn.code()).as(knn.err()).isZero();
        assertThat(knn.out()).contains("at update 6, encoder", "k-NN (last, mean)");
    }

    @Test
    void robertaBeginsFineTuning() throws Exception {
        Path run = folder.resolve("run");
        assertThat(pretrain(ROBERTA, run).code()).isZero();
        Path data = folder.resolve("train.txt");
        Files.writeString(data, "good so good it was\nbad how bad it was\n".repeat(4));
        Outcome tuned = fineTuned(run, data, "encoder");
        assertThat(tuned.code()).as(tuned.err()).isZero();
        Outcome taught = fineTuned(run, data, "teacher");
        assertThat(taught.code()).isEqualTo(1);
        assertThat(taught.err()).contains("has no teacher; set weights=encoder");
    }

    private Outcome fineTuned(Path run, Path data, String weights) {
        return TinyRuns.d2v(
                "finetune",
                "recipe=text-tiny-sst2",
                "from=" + run,
                "weights=" + weights,
                "data=" + data,
                "test=" + data,
                "run=" + folder.resolve("tuned-" + weights),
                "sentences.length=16",
                "precision=fp32",
                "device=cpu",
                "train.updates=2",
                "train.batch=4",
                "train.threads=1");
    }

    @Test
    void settingsThatAreWrong() {
        refused(MAE, "mae.clones=0", "mae.clones is 0; allowed: 1 to 1024");
        refused(MAE, "mae.decoder.heads=3", "heads must divide width");
        refused(MAE, "mae.decoder.width=10 mae.decoder.heads=2", "decoder.width");
        refused(MAE, "mae.decoder.depth=0", "mae.decoder.depth is 0; allowed: 1 to 100");
        refused(MAE, "mae.mask.ratio=1", "mask.ratio");
        refused(MAE, "mae.normalize_pixel=true", "unknown key mae.normalize_pixel; did you mean normalize_pixels?");
        refused(MAE, "data2vec2.clones=2", "sections data2vec2 and mae exclude each other");
        refused(
                ROBERTA,
                "roberta.replacement.token=300",
                "roberta.replacement.token is 300 but text.vocabulary is 300");
        refused(
                ROBERTA,
                "roberta.replacement.token=2",
                "roberta.replacement.token is 2, the number of another special token");
        refused(ROBERTA, "roberta.replacement.masked=0.95", "together they may be 1 at most");
        refused(ROBERTA, "roberta.mask.ratio=0", "mask.ratio");
    }

    @Test
    void dataThatTheMethodIsNotOf() throws Exception {
        Path pixels = folder.resolve("pixels.yaml");
        Files.writeString(pixels, """
                seed: 1
                data: synthetic:8
                audio:
                  max_seconds: 1
                  min_seconds: 0.5
                  min_crop_seconds: 1
                  feature_encoder: {extractor: [{channels: 8, kernel: 80, stride: 40}]}
                model: {prenet: 0, depth: 1, extra_tokens: 0, block: {width: 16, heads: 2}}
                mae: {}
                optimizer: {}
                schedule: {kind: cosine, warmup: 0, floor: 0}
                checkpoint: {}
                guard: {}
                evaluate: {}
                """);
        refused(List.of("recipe=" + pixels), "precision=fp32", "mae predicts the pixels of images");
        Path words = folder.resolve("words.yaml");
        Files.writeString(words, """
                seed: 1
                data: synthetic:8
                image: {size: 16, patch: 4}
                model: {prenet: 0, depth: 1, extra_tokens: 0, block: {width: 16, heads: 2}}
                roberta: {}
                optimizer: {}
                schedule: {kind: cosine, warmup: 0, floor: 0}
                checkpoint: {}
                guard: {}
                evaluate: {}
                """);
        refused(List.of("recipe=" + words), "precision=fp32", "roberta predicts the tokens of texts");
    }
}
