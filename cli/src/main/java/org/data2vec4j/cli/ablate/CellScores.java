package org.data2vec4j.cli.ablate;

import java.util.List;
import org.data2vec4j.core.UserException;

/**
 * The scores of a trained cell, in percent.
 *
 * @param encoders of each of the method's encoders, in its order
 * @param untrained the same before any training
 * @param control what needs no encoder: pixels, log-mel, token counts
 */
public record CellScores(List<Encoder> encoders, Pair untrained, Pair control) {
    /** Both scores, 0 to 100. */
    public record Pair(double knn, double probe) {
        /** One of them. */
        double of(Measure.Score score) {
            return score == Measure.Score.KNN ? knn : probe;
        }
    }

    /** An encoder's. */
    public record Encoder(String name, Pair scores) {}

    /** Copies the list. */
    public CellScores {
        encoders = List.copyOf(encoders);
    }

    /** The encoder that is asked for; {@code last} for the last. */
    Encoder encoder(String name) {
        if (name.equals("last")) {
            return encoders.get(encoders.size() - 1);
        }
        return encoders.stream()
                .filter(encoder -> encoder.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserException("measure.weights is '" + name + "'; allowed: "
                        + String.join(", ", encoders.stream().map(Encoder::name).toList())
                        + ", last"));
    }
}
