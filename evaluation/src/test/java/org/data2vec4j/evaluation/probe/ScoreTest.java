package org.data2vec4j.evaluation.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoreTest {
    @Test
    void countsByClassAndLeavesUnknownOut() {
        Score score = Score.of(new int[] {0, 1, 2, 2, 0}, new int[] {0, 2, 2, -1, 0});
        assertThat(score.correct()).isEqualTo(3);
        assertThat(score.total()).isEqualTo(4);
        assertThat(score.excluded()).isEqualTo(1);
        assertThat(score.percent()).isEqualTo(75);
        assertThat(score.classes())
                .containsExactly(new Score.ClassScore(2, 2), new Score.ClassScore(0, 0), new Score.ClassScore(1, 2));
        assertThat(score.classes().get(1).accuracy()).isNaN();
        assertThat(Score.of(new int[] {0}, new int[] {-1}).accuracy()).isNaN();
        assertThatThrownBy(() -> Score.of(new int[1], new int[2])).hasMessageContaining("1 predictions for 2 labels");
    }

    @Test
    void wilsonIntervalsAgreeWithPublishedValues() {
        assertThat(Interval.wilson(0, 10).low()).isEqualTo(0);
        assertThat(Interval.wilson(0, 10).high()).isEqualTo(0.2775, within(1e-4));
        assertThat(Interval.wilson(50, 100).low()).isEqualTo(0.4038, within(1e-4));
        assertThat(Interval.wilson(50, 100).high()).isEqualTo(0.5962, within(1e-4));
        assertThat(Interval.wilson(10, 10).high()).isEqualTo(1);
        assertThat(Interval.wilson(0, 0)).isEqualTo(new Interval(0, 1));
        assertThatThrownBy(() -> Interval.wilson(2, 1)).hasMessageContaining("2 correct of 1");
    }
}
