package org.data2vec4j.recipe;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.aqc.AqcConfig;
import org.data2vec4j.model.method.aqc.CodesConfig;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.model.quantizer.TemperatureConfig;
import org.data2vec4j.train.run.PretrainConfig;
import org.data2vec4j.train.schedule.ConstantSchedule;
import org.data2vec4j.train.schedule.CosineSchedule;
import org.data2vec4j.train.schedule.LinearSchedule;
import org.data2vec4j.train.schedule.Schedule;

/**
 * A recipe at another number of updates: what it counts in updates (warm-up, the teacher's way to its last decay, the fall of the
 * quantiser's temperature, when the guard begins) keeps its share of the run. A recipe of 2,500 updates of which 200 warm up would
 * otherwise, given 100, never leave its warm-up.
 */
public final class ScheduleScaling {
    private final double share;
    private final List<Change> changes = new ArrayList<>();

    /**
     * A setting.
     *
     * @param key such as {@code schedule.warmup}
     * @param before in the recipe
     * @param after in the stretched one
     */
    public record Change(String key, Number before, Number after) {
        /** The setting as a command takes it. */
        public String word() {
            return key + "=" + after;
        }
    }

    private ScheduleScaling(double share) {
        this.share = share;
    }

    /** The settings that make a recipe one of {@code share} times its updates; what was counted is not stretched to less than one. */
    public static List<Change> changes(PretrainConfig recipe, double share) {
        ScheduleScaling stretch = new ScheduleScaling(share);
        stretch.updates("train.updates", recipe.train().updates());
        stretch.updates("guard.after_updates", recipe.guard().afterUpdates());
        stretch.updates("schedule.warmup", warmup(recipe.schedule()));
        TeacherSettings teacher = TeacherSettings.of(recipe.method());
        if (teacher != null) {
            stretch.updates(teacher.key() + ".anneal_updates", teacher.values().annealUpdates());
        }
        if (recipe.method() instanceof Data2Vec2Config data2vec2) {
            stretch.updates(
                    "data2vec2.loss.reconstruction_updates", data2vec2.loss().reconstructionUpdates());
        }
        stretch.temperature(recipe.method());
        return List.copyOf(stretch.changes);
    }

    private static long warmup(Schedule schedule) {
        if (schedule instanceof CosineSchedule cosine) {
            return cosine.warmup();
        }
        if (schedule instanceof LinearSchedule linear) {
            return linear.warmup();
        }
        return schedule instanceof ConstantSchedule constant ? constant.warmup() : 0; // TriStage has shares, which stay
    }

    private void temperature(MethodConfig method) {
        if (method instanceof Wav2Vec2Config contrastive) {
            temperature("wav2vec2.quantizer", contrastive.quantizer().temperature());
        } else if (method instanceof AqcConfig aqc && aqc.contrast().codes() instanceof CodesConfig.Gumbel codes) {
            temperature("aqc.contrast.codes", codes.temperature());
        }
    }

    private void temperature(String quantiser, TemperatureConfig temperature) {
        double decay = temperature.decay();
        changes.add(new Change(quantiser + ".temperature.decay", decay, StrictMath.pow(decay, 1 / share)));
    }

    private void updates(String key, long before) {
        if (before > 0) {
            changes.add(new Change(key, before, Math.max(1, Math.round(before * share))));
        }
    }
}
