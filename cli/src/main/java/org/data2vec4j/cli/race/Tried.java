package org.data2vec4j.cli.race;

import org.data2vec4j.cli.trial.RunScores;
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
record Tried(
        double learningRate,
        long updates,
        double seconds,
        @Nullable RunScores scores,
        @Nullable String failure) {
    /** As a line that is kept. */
    ObjectNode line(Entrant entrant) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("competitor", entrant.name()).put("learning_rate", learningRate);
        line.put("updates", updates).put("seconds", seconds);
        if (scores != null) {
            scores.write(line);
        }
        return failure == null ? line : line.put("failure", failure);
    }

    /** From such a line. */
    static Tried of(ObjectNode line) {
        boolean failed = line.has("failure");
        return new Tried(
                line.path("learning_rate").asDouble(),
                line.path("updates").asLong(),
                line.path("seconds").asDouble(),
                failed ? null : RunScores.read(line),
                failed ? line.path("failure").asString() : null);
    }
}
