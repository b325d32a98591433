package org.data2vec4j.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.metric.GlueScore.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GlueTest {
    private static final int[] LABELS = {1, 1, 0, 0, 0};
    private static final int[] PREDICTIONS = {1, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = GlueBenchmark.class,
            names = {"SST2", "QNLI", "RTE"})
    void plainTasksAreScoredByAccuracy(GlueBenchmark task) {
        GlueScore score = GlueScore.classes(task, PREDICTIONS, LABELS);
        assertThat(score.metrics()).containsExactly(new Metric("accuracy", 0.8));
        assertThat(score.main()).isEqualTo(0.8);
    }

    @Test
    void otherTasksHaveTheirOwnMetrics() {
        GlueScore cola = GlueScore.classes(GlueBenchmark.COLA, PREDICTIONS, LABELS);
        assertThat(cola.metrics()).extracting(Metric::name).containsExactly("matthews");
        assertThat(cola.main()).isCloseTo(3 / Math.sqrt(24), within(1e-12));
        for (GlueBenchmark task : List.of(GlueBenchmark.MRPC, GlueBenchmark.QQP)) {
            GlueScore pairs = GlueScore.classes(task, PREDICTIONS, LABELS);
            assertThat(pairs.metrics()).extracting(Metric::name).containsExactly("accuracy", "f1");
            assertThat(pairs.main()).isCloseTo((0.8 + 2 / 3.0) / 2, within(1e-12));
        }
        GlueScore mnli = GlueScore.mnli(PREDICTIONS, LABELS, LABELS, LABELS);
        assertThat(mnli.metrics())
                .containsExactly(new Metric("accuracy_matched", 0.8), new Metric("accuracy_mismatched", 1));
        assertThat(mnli.main()).isCloseTo(0.9, within(1e-12));
        GlueScore similar = GlueScore.similarity(new double[] {1, 2, 3, 4}, new double[] {1, 900, 20, 1000});
        assertThat(similar.metrics()).extracting(Metric::name).containsExactly("pearson", "spearman");
        assertThat(similar.metrics().get(1).value()).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void tasksThatAreScoredOtherwiseSaySo() {
        assertThatThrownBy(() -> GlueScore.classes(GlueBenchmark.MNLI, LABELS, LABELS))
                .hasMessageContaining("mismatched");
        assertThatThrownBy(() -> GlueScore.classes(GlueBenchmark.STSB, LABELS, LABELS))
                .hasMessageContaining("numbers");
    }

    /** The row of data2vec 2.0's table: 83.7/83.7 90.7 68.6 88.8 89.3 87.3 59.1 92.9 averages to 82.6. */
    @Test
    void theAverageReproducesThePapers() {
        List<GlueScore> scores = new ArrayList<>();
        scores.add(new GlueScore(GlueBenchmark.MNLI, List.of(new Metric("m", 0.837), new Metric("mm", 0.837))));
        double[] others = {0.907, 0.686, 0.888, 0.893, 0.873, 0.591, 0.929};
        List<GlueBenchmark> tasks = List.of(
                GlueBenchmark.QNLI,
                GlueBenchmark.RTE,
                GlueBenchmark.MRPC,
                GlueBenchmark.QQP,
                GlueBenchmark.STSB,
                GlueBenchmark.COLA,
                GlueBenchmark.SST2);
        for (int i = 0; i < others.length; i++) {
            scores.add(new GlueScore(tasks.get(i), List.of(new Metric("x", others[i]))));
        }
        GlueAverage average = GlueAverage.of(scores);
        assertThat(average.missing()).isEmpty();
        assertThat(average.value()).isCloseTo(0.826, within(0.0005));
        assertThat(GlueAverage.of(scores.subList(0, 7)).missing()).containsExactly(GlueBenchmark.SST2);
        assertThat(GlueAverage.of(List.of()).value()).isNaN();
        assertThatThrownBy(() -> GlueAverage.of(List.of(scores.get(1), scores.get(1))))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("two scores for QNLI");
    }

    @Test
    void namesAreFoundHoweverWritten() {
        assertThat(GlueBenchmark.of("sst2")).isEqualTo(GlueBenchmark.SST2);
        assertThat(GlueBenchmark.of("STS-B")).isEqualTo(GlueBenchmark.STSB);
        assertThatThrownBy(() -> GlueBenchmark.of("squad"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("'squad'; allowed: cola, sst2, mrpc, qqp, stsb, mnli, qnli, rte");
        assertThat(GlueBenchmark.SST2.title()).isEqualTo("SST-2");
    }

    @Test
    void submissionsHaveGluesForm() {
        Path mnli = GlueSubmission.writeClasses(
                folder.resolve("out"), GluePredictionFile.MNLI_MISMATCHED, new int[] {2, 0, 1});
        assertThat(mnli.getFileName()).hasToString("MNLI-mm.tsv");
        assertThat(mnli).hasContent("index\tprediction\n0\tcontradiction\n1\tentailment\n2\tneutral\n");
        Path stsb = GlueSubmission.writeNumbers(folder, GluePredictionFile.STSB, new double[] {-0.2, 2.34567, 5.5});
        assertThat(stsb).hasContent("index\tprediction\n0\t0.000\n1\t2.346\n2\t5.000\n");
        assertThat(GlueSubmission.writeClasses(folder, GluePredictionFile.RTE, new int[] {1}))
                .hasContent("index\tprediction\n0\tnot_entailment\n");
    }

    @Test
    void fileNamesAreThoseTheServerWants() {
        assertThat(Arrays.stream(GluePredictionFile.values()).map(GluePredictionFile::fileName))
                .containsExactly(
                        "CoLA.tsv",
                        "SST-2.tsv",
                        "MRPC.tsv",
                        "QQP.tsv",
                        "STS-B.tsv",
                        "MNLI-m.tsv",
                        "MNLI-mm.tsv",
                        "QNLI.tsv",
                        "RTE.tsv",
                        "WNLI.tsv",
                        "AX.tsv");
    }

    @Test
    void badPredictionsAreNamed() {
        assertThatThrownBy(() -> GlueSubmission.writeClasses(folder, GluePredictionFile.COLA, new int[] {0, 2}))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("CoLA.tsv, sample 1: class 2; allowed: 0 to 1");
        assertThatThrownBy(
                        () -> GlueSubmission.writeNumbers(folder, GluePredictionFile.STSB, new double[] {Double.NaN}))
                .hasMessageContaining("sample 0: the prediction is NaN");
        assertThatThrownBy(() -> GlueSubmission.writeClasses(folder, GluePredictionFile.STSB, new int[1]))
                .hasMessageContaining("wants numbers");
        assertThatThrownBy(() -> GlueSubmission.writeNumbers(folder, GluePredictionFile.COLA, new double[1]))
                .hasMessageContaining("wants classes");
    }
}
