package org.data2vec4j.evaluation.probe;

import java.util.Arrays;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.Scope;

/**
 * Weighted k-nearest-neighbour classification on frozen features (Wu et al., "Unsupervised Feature Learning via Non-Parametric
 * Instance Discrimination", 2018, section 3.4): each of the k nearest neighbours by cosine similarity s votes for its class with
 * weight exp(s / temperature). Nothing is fitted to labels, so the number is a property of the features alone.
 */
public final class KnnClassifier {
    private final KnnConfig config;

    /** A classifier with its settings. */
    public KnnClassifier(KnnConfig config) {
        this.config = config;
    }

    /** Accuracy on the queries whose class is known, by the vote of the bank's samples whose class is known. */
    public Score score(Features bank, Features queries) {
        return Score.of(predict(bank, queries), queries.labels());
    }

    /**
     * A class for each query; of classes with equal votes the first.
     *
     * @throws UserException if no sample of the bank has a class
     */
    public int[] predict(Features bank, Features queries) {
        try (Scope scope = Scope.open()) {
            Features known = bank.labelled();
            if (known.size() == 0) {
                throw new UserException("none of the " + bank.size() + " samples of the k-NN bank has a class");
            }
            int[] predictions = new int[queries.size()];
            double[] votes = new double[known.classes()];
            Features[] placed = config.space().of(known, queries);
            NearestSearch.run(
                    placed[0].features_ND(),
                    placed[1].features_ND(),
                    config.k(),
                    (query, neighbours, similarities) ->
                            predictions[query] = vote(known.labels(), neighbours, similarities, votes));
            return predictions;
        }
    }

    private int vote(int[] labels, int[] neighbours, float[] similarities, double[] votes) {
        Arrays.fill(votes, 0);
        for (int i = 0; i < neighbours.length; i++) {
            // Relative to the nearest: the same winner, and no overflow at a low temperature.
            votes[labels[neighbours[i]]] += Math.exp((similarities[i] - similarities[0]) / config.temperature());
        }
        int best = 0;
        for (int c = 1; c < votes.length; c++) {
            best = votes[c] > votes[best] ? c : best;
        }
        return best;
    }
}
