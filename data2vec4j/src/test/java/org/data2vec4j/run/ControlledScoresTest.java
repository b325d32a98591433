package org.data2vec4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.data2vec4j.core.UserException;
import org.data2vec4j.evaluation.probe.FeatureView;
import org.data2vec4j.evaluation.probe.Score;
import org.data2vec4j.evaluation.suite.ViewScore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlledScoresTest {
    @TempDir
    Path folder;

    @Test
    void theStandardErrorIsThatOfTheLeadOverTheBetterControl() {
        ControlledScores scores = ControlledScores.of(score(600, 500), score(300, 400), score(100, 450));
        assertThat(scores.knn().standardError()).isCloseTo(100 * Math.sqrt((0.24 + 0.21) / 1000), within(1e-9));
        assertThat(scores.probe().standardError()).isCloseTo(100 * Math.sqrt((0.25 + 0.2475) / 1000), within(1e-9));
        assertThat(scores.knn().isAboveControls()).isTrue();
        assertThat(scores.probe().isAboveControls()).isTrue(); // 5 against 4.46
        assertThat(scores.sentence("raw pixels")).startsWith("Pre-training helped: both scores are above");
    }

    @Test
    void theSentenceSaysWhatDidNotHelp() {
        ViewScore control = score(300, 490);
        assertThat(ControlledScores.of(score(600, 500), control, control).sentence("log-mel"))
                .startsWith(
                        "Pre-training helped by one score: the k-NN alone is above the untrained encoder and log-mel");
        assertThat(ControlledScores.of(score(310, 500), control, control).sentence("log-mel"))
                .startsWith("Pre-training has not helped yet")
                .contains("k-NN 31.0 % (untrained 30.0, log-mel 30.0, standard error 2.1)");
    }

    @Test
    void theFileIsReadBackAndABrokenOneIsAUsersError() throws Exception {
        assertThat(ControlledScores.read(folder)).isNull();
        ControlledScores scores = ControlledScores.of(score(600, 500), score(300, 400), score(100, 450));
        scores.write(folder);
        ControlledScores read = ControlledScores.read(folder);
        assertThat(read).isNotNull();
        assertThat(read.sentence("raw pixels")).isEqualTo(scores.sentence("raw pixels"));
        Files.writeString(folder.resolve(ControlledScores.NAME), "{\"knn\": {}}");
        assertThatThrownBy(() -> ControlledScores.read(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is not the scores of a run");
    }

    private static ViewScore score(int knn, int linear) {
        return new ViewScore(
                FeatureView.DEFAULT, new Score(knn, 1000, 0, List.of()), new Score(linear, 1000, 0, List.of()));
    }
}
