package org.data2vec4j.index.curate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.data2vec4j.index.Hit;
import org.data2vec4j.index.IndexedSample;

/** Samples whose label most of their neighbours do not have. */
public final class DoubtfulLabels {
    private static final double TEMPERATURE = 0.1; // of the votes' weights, as in k-NN classification

    private DoubtfulLabels() {}

    /**
     * A sample and the label that its neighbours suggest.
     *
     * @param suggested the label with the most votes
     * @param share of the votes for it, 0 to 1
     * @param own share of the votes for the sample's label
     */
    public record Doubt(IndexedSample sample, String suggested, double share, double own) {}

    /**
     * The labelled samples that are outvoted, the clearest first. A neighbour's vote weighs exp(similarity / {@value #TEMPERATURE}).
     *
     * @param share of the votes that another label must have, 0 to 1
     */
    public static List<Doubt> of(Neighbourhood all, double share) {
        List<Doubt> found = new ArrayList<>();
        for (int i = 0; i < all.samples().size(); i++) {
            IndexedSample sample = all.samples().get(i);
            String own = sample.label();
            if (own == null) {
                continue;
            }
            Map<String, Double> votes = new TreeMap<>();
            double total = 0;
            for (Hit hit : all.neighbours().get(i)) {
                String label = hit.sample().label();
                if (label != null) {
                    double weight = Math.exp((hit.score() - 1) / TEMPERATURE);
                    votes.merge(label, weight, Double::sum);
                    total += weight;
                }
            }
            for (Map.Entry<String, Double> vote : votes.entrySet()) {
                double part = vote.getValue() / total;
                if (part >= share && !vote.getKey().equals(own)) {
                    found.add(new Doubt(sample, vote.getKey(), part, votes.getOrDefault(own, 0.0) / total));
                }
            }
        }
        found.sort(Comparator.comparingDouble(doubt -> doubt.own() - doubt.share()));
        return List.copyOf(found);
    }
}
