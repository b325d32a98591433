package org.data2vec4j.index.curate;

import java.util.ArrayList;
import java.util.List;
import org.data2vec4j.index.Hit;
import org.data2vec4j.index.IndexedSample;
import org.data2vec4j.index.VectorIndex;

/**
 * The nearest neighbours of each sample of an index, without itself, best first.
 *
 * @param samples all
 * @param neighbours of each, in the order of the samples
 */
public record Neighbourhood(List<IndexedSample> samples, List<List<Hit>> neighbours) {
    private static final int TOGETHER = 256;
    private static final int MOST_EXACT = 50_000; // the work grows with the square

    /** Copies the lists. */
    public Neighbourhood {
        samples = List.copyOf(samples);
        neighbours = List.copyOf(neighbours);
    }

    /** The {@code most} nearest of each: exactly, unless there are more than {@value #MOST_EXACT} samples. */
    public static Neighbourhood of(VectorIndex index, int most) {
        List<IndexedSample> samples = index.samples();
        List<List<Hit>> all = new ArrayList<>();
        if (samples.size() > MOST_EXACT && index.approximate()) {
            samples.forEach(sample -> all.add(index.search(sample, most)));
            return new Neighbourhood(samples, all);
        }
        for (int from = 0; from < samples.size(); from += TOGETHER) {
            List<IndexedSample> part = samples.subList(from, Math.min(samples.size(), from + TOGETHER));
            List<List<Hit>> found =
                    index.searchAll(part.stream().map(index::compared).toArray(float[][]::new), most + 1);
            for (int i = 0; i < part.size(); i++) {
                long self = part.get(i).id();
                List<Hit> others = new ArrayList<>(found.get(i));
                others.removeIf(hit -> hit.sample().id() == self);
                all.add(others.subList(0, Math.min(most, others.size())));
            }
        }
        return new Neighbourhood(samples, all);
    }
}
