package org.data2vec4j.index.curate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.data2vec4j.index.Hit;
import org.data2vec4j.index.IndexedSample;

/** Samples that are far from all others. */
public final class Outliers {
    private Outliers() {}

    /**
     * A sample and how far it is.
     *
     * @param distance 1 less the mean cosine similarity to its nearest neighbours
     */
    public record Outlier(IndexedSample sample, double distance) {}

    /** The samples whose mean distance to their neighbours is largest, the farthest first. */
    public static List<Outlier> of(Neighbourhood all, int most) {
        List<Outlier> found = new ArrayList<>();
        for (int i = 0; i < all.samples().size(); i++) {
            double mean = all.neighbours().get(i).stream()
                    .mapToDouble(Hit::score)
                    .average()
                    .orElse(1);
            found.add(new Outlier(all.samples().get(i), 1 - mean));
        }
        found.sort(Comparator.comparingDouble(outlier -> -outlier.distance()));
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }
}
