package org.data2vec4j.cli.trial;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.UserException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scores of a run, in percent.
 *
 * @param encoders of each of the method's encoders, in its order
 * @param untrained the same before any training
 * @param control what needs no encoder: pixels, log-mel, token counts
 */
public record RunScores(List<Encoder> encoders, Pair untrained, Pair control) {
    /** Both scores, 0 to 100. */
    public record Pair(double knn, double probe) {
        /** One of them. */
        public double of(Measure.Score score) {
            return score == Measure.Score.KNN ? knn : probe;
        }

        private void write(ObjectNode node) {
            node.put("knn", knn);
            node.put("probe", probe);
        }

        private static Pair read(JsonNode node) {
            return new Pair(
                    node.path("knn").asDouble(Double.NaN), node.path("probe").asDouble(Double.NaN));
        }
    }

    /** An encoder's. */
    public record Encoder(String name, Pair scores) {}

    /** Copies the list. */
    public RunScores {
        encoders = List.copyOf(encoders);
    }

    /** The encoder that is asked for, by its name or place. */
    public Encoder encoder(String name) {
        if (name.equals(Measure.FIRST) || name.equals(Measure.LAST)) {
            return encoders.get(name.equals(Measure.FIRST) ? 0 : encoders.size() - 1);
        }
        return encoders.stream()
                .filter(encoder -> encoder.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserException("measure.weights is '" + name + "'; allowed: "
                        + String.join(", ", encoders.stream().map(Encoder::name).toList())
                        + ", first, last"));
    }

    /** Into a kept line. */
    public void write(ObjectNode line) {
        for (Encoder encoder : encoders) {
            encoder.scores().write(line.withObjectProperty("encoders").putObject(encoder.name()));
        }
        untrained.write(line.putObject("untrained"));
        control.write(line.putObject("control"));
    }

    /** From such a line. */
    public static RunScores read(ObjectNode line) {
        List<Encoder> encoders = new ArrayList<>();
        line.path("encoders")
                .properties()
                .forEach(entry -> encoders.add(new Encoder(entry.getKey(), Pair.read(entry.getValue()))));
        return new RunScores(encoders, Pair.read(line.path("untrained")), Pair.read(line.path("control")));
    }
}
