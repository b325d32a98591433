package org.data2vec4j.audio.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForcedAlignmentTest {
    @ParameterizedTest
    @CsvSource({"1,2,0", "3,3,1", "5,4,0", "6,3,2"})
    void thePathIsTheBestOfAllAndSpellsTheLabelling(int frames, int symbols, int blank) {
        float[][] logs = BruteForce.emissions(Rng.of(11, frames), frames, symbols);
        BruteForce.bestPaths(logs, blank).forEach((letters, p) -> {
            ForcedAlignment alignment = ForcedAlignment.of(logs, BruteForce.array(letters), blank);
            assertThat(alignment.logProbability()).isCloseTo(Math.log(p), within(1e-9));
            double walked = 0;
            int[] path = new int[frames];
            Arrays.fill(path, blank);
            int after = 0;
            for (ForcedAlignment.Span span : alignment.letters()) {
                assertThat(span.firstFrame()).isGreaterThanOrEqualTo(after);
                assertThat(span.lastFrame()).isBetween(span.firstFrame(), frames - 1);
                Arrays.fill(path, span.firstFrame(), span.lastFrame() + 1, span.letter());
                after = span.lastFrame() + 1;
            }
            for (int t = 0; t < frames; t++) {
                walked += logs[t][path[t]];
            }
            assertThat(walked).isCloseTo(alignment.logProbability(), within(1e-9));
            assertThat(alignment.letters().stream()
                            .map(ForcedAlignment.Span::letter)
                            .toList())
                    .isEqualTo(letters);
        });
    }

    @Test
    void framesNeededCountBlanksBetweenTwins() {
        assertThat(ForcedAlignment.framesNeeded(new int[] {})).isZero();
        assertThat(ForcedAlignment.framesNeeded(new int[] {1, 2, 1})).isEqualTo(3);
        assertThat(ForcedAlignment.framesNeeded(new int[] {1, 1, 1})).isEqualTo(5);
    }

    @Test
    void noLettersLieNowhere() {
        float[][] logs = BruteForce.emissions(Rng.of(12), 3, 3);
        ForcedAlignment none = ForcedAlignment.of(logs, new int[0], 0);
        assertThat(none.letters()).isEmpty();
        assertThat(none.logProbability()).isCloseTo((double) logs[0][0] + logs[1][0] + logs[2][0], within(1e-9));
        assertThat(ForcedAlignment.of(new float[0][], new int[0], 0).letters()).isEqualTo(List.of());
    }

    @Test
    void whatCannotLieIsAnError() {
        float[][] logs = BruteForce.emissions(Rng.of(13), 2, 3);
        assertThatThrownBy(() -> ForcedAlignment.of(logs, new int[] {1, 1}, 0))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("2 letters needs 3 frames, but the utterance has 2");
        float no = Float.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> ForcedAlignment.of(new float[][] {{0, no}}, new int[] {1}, 0))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("probability zero");
    }
}
