package org.data2vec4j.cli.ablate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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
        @Nullable CellScores scores,
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
            for (CellScores.Encoder encoder : scores.encoders()) {
                pair(line.withObjectProperty("encoders").putObject(encoder.name()), encoder.scores());
            }
            pair(line.putObject("untrained"), scores.untrained());
            pair(line.putObject("control"), scores.control());
        }
        return line;
    }

    private static void pair(ObjectNode node, CellScores.Pair pair) {
        node.put("knn", pair.knn());
        node.put("probe", pair.probe());
    }

    /** From such a line. */
    static CellResult of(ObjectNode line) {
        long updates = line.path("updates").asLong(0);
        if (line.has("failure")) {
            return new CellResult(
                    updates, Double.NaN, null, line.path("failure").asString());
        }
        List<CellScores.Encoder> encoders = new ArrayList<>();
        line.path("encoders")
                .properties()
                .forEach(entry -> encoders.add(new CellScores.Encoder(entry.getKey(), pair(entry.getValue()))));
        return new CellResult(
                updates,
                line.path("seconds").asDouble(Double.NaN),
                new CellScores(encoders, pair(line.path("untrained")), pair(line.path("control"))),
                null);
    }

    private static CellScores.Pair pair(JsonNode node) {
        return new CellScores.Pair(
                node.path("knn").asDouble(Double.NaN), node.path("probe").asDouble(Double.NaN));
    }
}
