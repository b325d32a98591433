package org.data2vec4j.text.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.text.data.GlueTask;
import org.data2vec4j.text.data.LabelledData;
import org.data2vec4j.text.data.LabelledText;
import org.data2vec4j.text.data.SentenceData;
import org.data2vec4j.train.listener.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentenceScoresTest {
    private static SentenceScores classes(int... predicted) {
        return new SentenceScores(predicted, new double[0]);
    }

    @Test
    void eachTaskByItsOwnMetrics() {
        float[] truths = {1, 1, 0, 0};
        SentenceScores scores = classes(1, 0, 0, 0);
        assertThat(scores.metrics(GlueTask.SST2.task(), truths, "dev"))
                .containsExactly(new Metric("eval/accuracy_dev", 75), new Metric("eval/largest_share_dev", 75));
        // Two of the three are right of those that are or are called 1: precision 1, recall 1/2.
        assertThat(scores.metrics(GlueTask.MRPC.task(), truths, "dev"))
                .containsExactly(
                        new Metric("eval/f1_dev", 100 * (2 / 3.0)),
                        new Metric("eval/accuracy_dev", 75),
                        new Metric("eval/score_dev", (100 * (2 / 3.0) + 75) / 2),
                        new Metric("eval/largest_share_dev", 75));
        assertThat(scores.metrics(GlueTask.COLA.task(), truths, "dev").get(0).value())
                .isEqualTo(100 / Math.sqrt(3), org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void numbersByCorrelationAndConstantsByNothing() {
        SentenceScores line = new SentenceScores(new int[0], new double[] {1, 2, 3});
        List<Metric> metrics = line.metrics(GlueTask.STSB.task(), new float[] {0, 2, 4}, "dev");
        assertThat(metrics)
                .extracting(Metric::name)
                .containsExactly("eval/pearson_dev", "eval/spearman_dev", "eval/score_dev", "eval/largest_share_dev");
        assertThat(metrics.get(2).value()).isEqualTo(100, org.assertj.core.api.Assertions.within(1e-9));
        SentenceScores constant = new SentenceScores(new int[0], new double[] {1, 1, 1});
        assertThat(constant.metrics(GlueTask.STSB.task(), new float[] {0, 2, 4}, "dev")
                        .get(0)
                        .value())
                .isZero();
        assertThat(constant.spread().degenerate()).isTrue();
    }

    @Test
    void aShareOfTheTextsIsTheSameForTheSameSeed() {
        List<LabelledText> texts = LabelledData.synthetic(0, 100, 1).texts();
        List<LabelledText> tenth = SentenceData.share(texts, 0.1, 4);
        assertThat(tenth).hasSize(10).isEqualTo(SentenceData.share(texts, 0.1, 4));
        assertThat(texts).containsSubsequence(tenth);
        assertThat(SentenceData.share(texts, 0.1, 5)).isNotEqualTo(tenth);
        assertThat(SentenceData.share(texts, 1e-9, 4)).hasSize(1);
        assertThat(SentenceData.share(texts, 1, 4)).isEqualTo(texts);
    }

    @Test
    void submissionsOfMnlisSets(@TempDir Path folder) throws Exception {
        LabelledData data =
                new LabelledData(GlueTask.MNLI.task(), List.of(new LabelledText("a", "b", Float.NaN)), 0, List.of());
        for (String[] set : new String[][] {
            {"test_matched.tsv", "MNLI-m.tsv"}, {"test_mismatched.tsv", "MNLI-mm.tsv"}, {"diagnostic.tsv", "AX.tsv"}
        }) {
            Path file = SentenceSubmission.write(folder, "mnli", "glue/" + set[0], data, classes(2), warning -> {});
            assertThat(file).hasFileName(set[1]).hasContent("index\tprediction\n0\tcontradiction");
        }
        assertThat(Files.exists(folder.resolve("MNLI-mm.tsv"))).isTrue();
        LabelledData broken =
                new LabelledData(data.task(), data.texts(), 1, List.of("test.tsv:7: 3 fields instead of 4"));
        assertThatThrownBy(
                        () -> SentenceSubmission.write(folder, "mnli", "test.tsv", broken, classes(2), warning -> {}))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("test.tsv:7");
    }
}
