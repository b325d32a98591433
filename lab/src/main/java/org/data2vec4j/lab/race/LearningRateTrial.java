package org.data2vec4j.lab.race;

import org.data2vec4j.lab.trial.RunScores;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A learning rate that was tried.
 *
 * @param updates of the short run
 * @param seconds of its training
 * @param scores null if it collapsed
 * @param failure why it was stopped, or null
 */
record LearningRateTrial(
        double learningRate,
        long updates,
        double seconds,
        @Nullable RunScores scores,
        @Nullable String failure) {
    /** As a line that is kept. */
    ObjectNode line(MethodEntry entrant) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("competitor", entrant.name()).put("learning_rate", learningRate);
        line.put("updates", updates).put("seconds", seconds);
        if (scores != null) {
            scores.write(line);
        }
        return failure == null ? line : line.put("failure", failure);
    }

    /** From such a line. */
    static LearningRateTrial of(ObjectNode line) {
        boolean failed = line.has("failure");
        return new LearningRateTrial(
                line.path("learning_rate").asDouble(),
                line.path("updates").asLong(),
                line.path("seconds").asDouble(),
                failed ? null : RunScores.read(line),
                failed ? line.path("failure").asString() : null);
    }
}
