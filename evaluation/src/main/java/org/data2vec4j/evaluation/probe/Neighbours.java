package org.data2vec4j.evaluation.probe;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.core.Check;

/** For some samples, the samples that lie nearest by cosine similarity: what a page shows as pictures. */
public final class Neighbours {
    private Neighbours() {}

    /**
     * A sample and what lies nearest.
     *
     * @param id its number in the source it was read from
     * @param label its class, −1 if unknown
     * @param neighbours nearest first
     */
    public record Query(long id, int label, List<Neighbour> neighbours) {
        /** Copies the list. */
        public Query {
            neighbours = List.copyOf(neighbours);
        }
    }

    /**
     * A sample of the bank.
     *
     * @param id its number in the source it was read from
     * @param label its class, −1 if unknown
     * @param similarity cosine similarity to the query, −1 to 1
     * @param sameClass whether it is of the query's class, which is known
     */
    public record Neighbour(long id, int label, double similarity, boolean sameClass) {}

    /** The {@code top} nearest samples of the bank, or all if it has fewer, for each query. */
    public static List<Query> find(Features bank, Features queries, int top) {
        Check.positive("top", top);
        List<Query> found = new ArrayList<>();
        NearestSearch.run(bank.features_ND(), queries.features_ND(), top, (query, nearest, similarities) -> {
            int label = queries.labels()[query];
            List<Neighbour> neighbours = new ArrayList<>();
            for (int i = 0; i < nearest.length; i++) {
                int row = nearest[i];
                boolean same = label >= 0 && label == bank.labels()[row];
                neighbours.add(new Neighbour(bank.ids()[row], bank.labels()[row], similarities[i], same));
            }
            found.add(new Query(queries.ids()[query], label, neighbours));
        });
        return found;
    }
}
