package org.data2vec4j.report;

import java.util.List;

/**
 * A sample and the samples that lie nearest to it in the space of features.
 *
 * @param query the sample
 * @param label its class; may be empty
 * @param neighbours nearest first
 */
public record NeighbourFigure(Picture query, String label, List<Neighbour> neighbours) {
    /** Copies the list. */
    public NeighbourFigure {
        neighbours = List.copyOf(neighbours);
    }
}
