package org.data2vec4j.cli.race;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.aqc.AqcConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.method.wav2vec2.Wav2Vec2Config;
import org.data2vec4j.train.recipe.PretrainConfig;
import org.data2vec4j.train.schedule.Cosine;
import org.data2vec4j.train.schedule.Linear;
import org.data2vec4j.train.schedule.Schedule;

/**
 * A recipe at another number of updates: what it counts in updates (warm-up, the teacher's way to its last decay, the fall of the
 * quantiser's temperature, when the guard begins) keeps its share of the run. A recipe of 2,500 updates of which 200 warm up would
 * otherwise, given 100, never leave its warm-up.
 */
final class Stretch {
    private Stretch() {}

    /** The settings, each {@code a.b=c}, that make a recipe one of so many updates. */
    static List<String> settings(PretrainConfig recipe, long updates) {
        double share = (double) updates / recipe.train().updates();
        List<String> words = new ArrayList<>();
        words.add("train.updates=" + updates);
        words.add("guard.after_updates=" + Math.round(recipe.guard().afterUpdates() * share));
        Schedule schedule = recipe.schedule();
        if (schedule instanceof Cosine cosine) {
            words.add("schedule.warmup=" + Math.round(cosine.warmup() * share));
        } else if (schedule instanceof Linear linear) {
            words.add("schedule.warmup=" + Math.round(linear.warmup() * share));
        }
        method(recipe.method(), share, words);
        return words;
    }

    private static void method(MethodConfig method, double share, List<String> words) {
        if (method instanceof Data2Vec2Config second) {
            words.add(anneal("data2vec2", second.teacher().annealUpdates(), share));
        } else if (method instanceof Data2Vec1Config first) {
            words.add(anneal("data2vec1", first.teacher().annealUpdates(), share));
        } else if (method instanceof AqcConfig aqc) {
            words.add(anneal("aqc", aqc.teacher().annealUpdates(), share));
        } else if (method instanceof Wav2Vec2Config contrastive) {
            double decay = contrastive.quantiser().temperature().decay();
            words.add("wav2vec2.quantiser.temperature.decay=" + StrictMath.pow(decay, 1 / share));
        }
    }

    private static String anneal(String method, long updates, double share) {
        return method + ".teacher.anneal_updates=" + Math.round(updates * share);
    }
}
