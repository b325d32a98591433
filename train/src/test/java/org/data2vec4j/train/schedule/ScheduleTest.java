package org.data2vec4j.train.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.data2vec4j.core.Kind;
import org.data2vec4j.core.Rng;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final double TINY = 1e-12;

    @Test
    void knownValues() {
        CosineSchedule cosine = new CosineSchedule(10, 0.1);
        assertThat(cosine.factor(0, 110)).isEqualTo(0.1);
        assertThat(cosine.factor(9, 110)).isEqualTo(1);
        assertThat(cosine.factor(59, 110)).as("half-way down").isCloseTo(0.55, within(TINY));
        assertThat(cosine.factor(109, 110)).isEqualTo(0.1);
        LinearSchedule linear = new LinearSchedule(10, 0);
        assertThat(linear.factor(34, 110)).isEqualTo(0.75);
        assertThat(linear.factor(109, 110)).isZero();
        TriStageSchedule stages = new TriStageSchedule(0.1, 0.4, 0.01, 0.05);
        assertThat(stages.factor(4, 100)).isCloseTo(0.01 + 0.99 * 0.5, within(TINY));
        assertThat(stages.factor(9, 100)).isEqualTo(1);
        assertThat(stages.factor(49, 100)).isEqualTo(1);
        assertThat(stages.factor(74, 100)).isCloseTo(Math.sqrt(0.05), within(TINY));
        assertThat(stages.factor(99, 100)).isEqualTo(0.05);
        assertThat(new ConstantSchedule(4).factor(1, 100)).isEqualTo(0.5);
        assertThat(new ConstantSchedule(0).factor(0, 1)).isEqualTo(1);
        assertThat(new CosineSchedule(100, 0).factor(49, 50))
                .as("a run inside its warm-up")
                .isEqualTo(0.5);
    }

    @Test
    void boundedContinuousUpThenDownToTheFloor() {
        Rng rng = Rng.of(12);
        for (int round = 0; round < 200; round++) {
            long updates = rng.nextInt(3000) + 1L;
            long warmup = rng.nextInt((int) updates + 1);
            double floor = round % 3 == 0 ? 0 : rng.nextDouble();
            check(new CosineSchedule(warmup, floor), updates, warmup, warmup, updates == warmup ? 1 : floor);
            check(new LinearSchedule(warmup, floor), updates, warmup, warmup, updates == warmup ? 1 : floor);
            check(new ConstantSchedule(warmup), updates, warmup, updates, 1);
        }
    }

    @Test
    void triStageIsBoundedContinuousUpHeldThenDown() {
        Rng rng = Rng.of(13);
        for (int round = 0; round < 200; round++) {
            long updates = rng.nextInt(3000) + 1L;
            double warmupShare = rng.nextDouble();
            double holdShare = rng.nextDouble(0, 1 - warmupShare);
            double end = rng.nextDouble(0.01, 1);
            long warmup = (long) (updates * warmupShare);
            long held = warmup + (long) (updates * holdShare);
            Schedule schedule = new TriStageSchedule(warmupShare, holdShare, rng.nextDouble(), end);
            check(schedule, updates, warmup, held, held == updates ? 1 : end);
        }
    }

    /** Rises to 1 at update {@code peak}−1, stays to {@code held}−1, falls to {@code last}; no step larger than its phase's. */
    private static void check(Schedule schedule, long updates, long peak, long held, double last) {
        double before = 0;
        for (long update = 0; update < updates; update++) {
            double factor = schedule.factor(update, updates);
            assertThat(factor).as("%s at %d of %d", schedule, update, updates).isBetween(0.0, 1.0);
            if (update < peak) {
                assertThat(factor).isGreaterThanOrEqualTo(before).isGreaterThan(0);
                assertThat(update == peak - 1 ? factor : 1.0).isCloseTo(1, within(TINY));
            } else if (update < held) {
                assertThat(factor).isEqualTo(1);
            } else {
                assertThat(factor).isLessThanOrEqualTo(update == 0 ? 1 : before + TINY);
                double steepest = 5.0 / (updates - held); // of a cosine π/2, of an exponential −ln 0.01
                assertThat(update == 0 ? 0 : before - factor).isLessThanOrEqualTo(steepest);
            }
            before = factor;
        }
        assertThat(before).isCloseTo(last, within(TINY));
        assertThat(schedule.factor(updates + 5, updates)).isEqualTo(before);
    }

    @Test
    void sharesThatRoundAboveOneAreAllowed() {
        assertThat(new TriStageSchedule(0.1 + 0.2, 0.7, 0, 0.5).factor(9, 10)).isEqualTo(1);
        assertThat(new TriStageSchedule(0.03, 0.9, 0, 0.05).factor(929, 1000)).isEqualTo(1);
        assertThat(new TriStageSchedule(0.03, 0.9, 0, 0.05).factor(930, 1000)).isLessThan(1);
    }

    @Test
    void kindsAreTheNamesInRecipes() {
        List<String> kinds =
                List.of(ConstantSchedule.class, CosineSchedule.class, LinearSchedule.class, TriStageSchedule.class)
                        .stream()
                        .map(type -> type.getAnnotation(Kind.class).value())
                        .toList();
        assertThat(kinds).containsExactly("constant", "cosine", "linear", "tri_stage");
        assertThat(Schedule.class.getPermittedSubclasses()).hasSize(kinds.size());
    }

    @Test
    void illegalSettingsNameTheField() {
        assertThatThrownBy(() -> new ConstantSchedule(-1))
                .isInstanceOf(UserException.class)
                .hasMessage("warmup is -1; allowed: 0 or more");
        assertThatThrownBy(() -> new CosineSchedule(-1, 0)).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> new CosineSchedule(0, 1.5)).hasMessage("floor is 1.5; allowed: 0 to 1");
        assertThatThrownBy(() -> new LinearSchedule(0, Double.NaN)).hasMessageStartingWith("floor is NaN");
        assertThatThrownBy(() -> new TriStageSchedule(0.6, 0.5, 0, 0.1)).hasMessageStartingWith("hold_share is ");
        assertThatThrownBy(() -> new TriStageSchedule(0.6, 0.1, 0, 0)).hasMessageStartingWith("final_scale is 0.0");
        assertThatThrownBy(() -> new ConstantSchedule(0).factor(-1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CosineSchedule(0, 0).factor(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
