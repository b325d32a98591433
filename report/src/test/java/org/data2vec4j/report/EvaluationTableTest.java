package org.data2vec4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class EvaluationTableTest {
    private static String row(EvaluationRow row) {
        return EvaluationSection.render(
                List.of(new EvaluationTable("t", List.of("ours", "random", "raw"), List.of(row), "")));
    }

    @Test
    void marksTheBestAndCountsTheLeadOverTheNext() {
        assertThat(row(EvaluationRow.accuracy("k-NN", "", List.of(0.718, 0.339, 0.354))))
                .contains("<td class=\"best\">71.8<small>%</small></td>", "<td class=\"up\">+36.4</td>");
        assertThat(row(EvaluationRow.accuracy("k-NN", "", List.of(0.3, 0.5, Double.NaN))))
                .contains("<td class=\"best\">50.0", "<td>–</td>", "<td class=\"down\">−20.0</td>");
    }

    @Test
    void lowerCanBeBetter() {
        EvaluationRow row = new EvaluationRow(
                "WER", "", List.of(0.2, 0.5, 0.4), EvaluationRow.Scale.PERCENT, EvaluationRow.Better.LOWER);
        assertThat(row(row)).contains("<td class=\"best\">20.0", "<td class=\"up\">−20.0</td>");
        EvaluationRow loss = new EvaluationRow(
                "loss", "", List.of(2.0, 1.5, 1.75), EvaluationRow.Scale.PLAIN, EvaluationRow.Better.LOWER);
        assertThat(row(loss)).contains("<td class=\"best\">1.50</td>", "<td class=\"down\">+0.500</td>");
    }

    @Test
    void nothingMeasuredMarksNothing() {
        assertThat(row(EvaluationRow.accuracy("k-NN", "", List.of(Double.NaN, Double.NaN, Double.NaN))))
                .doesNotContain("best", "NaN");
        String single = EvaluationSection.render(List.of(new EvaluationTable(
                "t", List.of("ours"), List.of(EvaluationRow.accuracy("k-NN", "", List.of(0.5))), "")));
        assertThat(single).doesNotContain("lead", "best");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        List<EvaluationRow> rows = List.of(EvaluationRow.accuracy("k-NN", "", List.of(0.5)));
        assertThatThrownBy(() -> new EvaluationTable("scores", List.of("a", "b"), rows, ""))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("\"scores\", row \"k-NN\" has 1 values; expected 2");
        assertThatThrownBy(() -> new EvaluationTable("scores", List.of(), List.of(), ""))
                .isInstanceOf(UserException.class);
    }
}
