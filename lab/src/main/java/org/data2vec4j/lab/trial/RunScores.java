package org.data2vec4j.lab.trial;

import java.util.ArrayList;
import java.util.List;
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
        return encoders.get(
                Measure.place(name, encoders.stream().map(Encoder::name).toList()));
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
