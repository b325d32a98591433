package org.data2vec4j.lab.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.data2vec4j.core.Rng;
import org.junit.jupiter.api.Test;

/** The time to a score, on curves whose answers are known. */
class CurveTest {
    private static Curve curve(double... points) {
        double[] x = new double[points.length / 2];
        double[] y = new double[points.length / 2];
        for (int i = 0; i < x.length; i++) {
            x[i] = points[2 * i];
            y[i] = points[2 * i + 1];
        }
        return new Curve(x, y);
    }

    @Test
    void straightLinesBetweenPoints() {
        Curve curve = curve(0, 20, 100, 30, 200, 50, 300, 45);
        assertThat(curve.best()).isEqualTo(50);
        assertThat(curve.bestAt()).isEqualTo(200);
        assertThat(curve.reaches(20)).isZero();
        assertThat(curve.reaches(10)).isZero();
        assertThat(curve.reaches(25)).isEqualTo(50);
        assertThat(curve.reaches(30)).isEqualTo(100);
        assertThat(curve.reaches(48)).as("on the way up, not on the way down").isEqualTo(190);
        assertThat(curve.reaches(50.1)).isNaN();
        assertThat(curve(0, 20, 10, 12, 20, 12, 30, 24).reaches(22))
                .as("after a fall and a rest")
                .isEqualTo(20 + 10 * 10 / 12.0, within(1e-12));
    }

    @Test
    void aFallingCurveHasItsBestBeforeTraining() {
        Curve falling = curve(0, 20, 100, 15);
        assertThat(falling.best()).isEqualTo(20);
        assertThat(falling.bestAt()).isZero();
    }

    @Test
    void theFactorIsTheOthersTimeOverOnesOwn() {
        Curve slow = curve(0, 20, 100, 30, 200, 40, 400, 40);
        Curve fast = curve(0, 20, 50, 40, 100, 44);
        assertThat(TimeToScore.of(fast, slow)).isEqualTo(new TimeToScore(40, 50, 200));
        assertThat(TimeToScore.of(fast, slow).factor()).isEqualTo(4);
        assertThat(TimeToScore.of(fast, slow).label()).isEqualTo("4.00×");
        assertThat(TimeToScore.of(slow, fast).factor()).isNaN();
        assertThat(TimeToScore.of(slow, fast).label()).isEqualTo("not reached");
        assertThat(TimeToScore.of(fast, fast).factor()).isEqualTo(1);
        Curve lucky = curve(0, 41, 10, 30);
        assertThat(TimeToScore.of(lucky, slow).label()).isEqualTo("before training");
        TimeToScore nothing = TimeToScore.of(fast, curve(0, 5, 9, 1));
        assertThat(nothing.factor()).as("the other learned nothing").isNaN();
        assertThat(nothing.label()).isEqualTo("no gain to reach");
    }

    /** Stretching time stretches the factor, and moving all scores does not change it. */
    @Test
    void invariances() {
        Rng rng = Rng.named(7, "curves");
        for (int trial = 0; trial < 200; trial++) {
            double[] x = new double[6];
            double[] one = new double[6];
            double[] other = new double[6];
            for (int i = 0; i < x.length; i++) {
                x[i] = i == 0 ? 0 : x[i - 1] + 1 + rng.nextInt(9);
                one[i] = rng.nextInt(100);
                other[i] = rng.nextInt(100);
            }
            double[] moved = one.clone();
            double[] otherMoved = other.clone();
            double[] slower = x.clone();
            for (int i = 0; i < x.length; i++) {
                moved[i] += 16;
                otherMoved[i] += 16;
                slower[i] *= 2;
            }
            double factor =
                    TimeToScore.of(new Curve(x, one), new Curve(x, other)).factor();
            assertThat(TimeToScore.of(new Curve(x, moved), new Curve(x, otherMoved))
                            .factor())
                    .isEqualTo(Double.valueOf(factor)); // NaN is equal to NaN here
            Curve late = new Curve(slower, one);
            if (factor > 0 && late.reaches(new Curve(x, other).best()) > 0) {
                assertThat(TimeToScore.of(late, new Curve(x, other)).factor()).isEqualTo(factor / 2, within(1e-12));
            }
        }
    }

    @Test
    void placesAndScoresGoTogether() {
        assertThatThrownBy(() -> new Curve(new double[2], new double[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> curve()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pointsLieAtEqualSharesOfTheUpdates() {
        RaceBudget budget = new RaceBudget(100, 10, 30);
        assertThat(budget.points()).isEqualTo(3);
        assertThat(List.of(budget.at(1, 10), budget.at(2, 10), budget.at(3, 10)))
                .containsExactly(3L, 7L, 10L);
        assertThat(budget.at(1, 1)).as("never before the first update").isEqualTo(1);
    }

    @Test
    void numbersForPeople() {
        assertThat(RaceText.number(0.001)).isEqualTo("0.001");
        assertThat(RaceText.number(0.0005)).isEqualTo("5e-4");
        assertThat(RaceText.number(0.2518)).isEqualTo("0.252");
        assertThat(RaceText.number(120)).isEqualTo("120");
        assertThat(RaceText.number(1.234e14)).isEqualTo("1.23e14");
        assertThat(RaceText.number(Double.NaN)).isEmpty();
        assertThat(RaceText.duration(40)).isEqualTo("40 s");
        assertThat(RaceText.duration(1200)).isEqualTo("20 min");
        assertThat(RaceText.duration(7500)).isEqualTo("2 h 05 min");
        assertThat(RaceTables.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(RaceTables.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    }
}
