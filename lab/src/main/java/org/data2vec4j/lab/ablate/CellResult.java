package org.data2vec4j.lab.ablate;

import org.data2vec4j.lab.trial.RunScores;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a cell came to.
 *
 * @param updates updates it trained
 * @param seconds training time, measuring excluded; NaN if it collapsed
 * @param scores null if it collapsed
 * @param failure why it was stopped, or null
 */
record CellResult(
        long updates,
        double seconds,
        @Nullable RunScores scores,
        @Nullable String failure) {
    /** As a line of the results; {@code cell} says whose, for people. */
    ObjectNode line(Cell cell) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("variation", cell.variation().name());
        line.put("seed", cell.seed());
        line.put("updates", updates);
        if (failure != null) {
            return line.put("failure", failure);
        }
        line.put("seconds", seconds);
        if (scores != null) {
            scores.write(line);
        }
        return line;
    }

    /** From such a line. */
    static CellResult of(ObjectNode line) {
        long updates = line.path("updates").asLong(0);
        if (line.has("failure")) {
            return new CellResult(
                    updates, Double.NaN, null, line.path("failure").asString());
        }
        return new CellResult(updates, line.path("seconds").asDouble(Double.NaN), RunScores.read(line), null);
    }
}
