package org.data2vec4j.index.curate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.core.Rng;
import org.data2vec4j.index.IndexedSample;
import org.data2vec4j.index.VectorIndex;

/** Subsets of an index in which samples are unlike each other, to be labelled first. Each sample is chosen after the ones before. */
public enum Selection {
    /** Greedy k-centre (Gonzalez, 1985): always the sample that is farthest from all chosen ones. Finds the edges, and outliers. */
    K_CENTER,
    /** k-means++ (Arthur and Vassilvitskii, 2007): a sample by chance, in proportion to its squared distance from the chosen ones. */
    K_MEANS;

    private static final long SEED_WORD = 0x73656C656374L;

    /**
     * The samples chosen, in order.
     *
     * @param count how many, at most all
     * @param seed of chance; k-centre uses it for nothing
     */
    public List<IndexedSample> of(VectorIndex index, int count, long seed) {
        List<IndexedSample> samples = index.samples();
        if (samples.isEmpty()) {
            return List.of();
        }
        float[][] vectors = samples.stream().map(index::compared).toArray(float[][]::new);
        double[] distance = new double[vectors.length]; // squared, to the nearest chosen one
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        Rng rng = Rng.of(seed, SEED_WORD);
        List<IndexedSample> chosen = new ArrayList<>();
        int next = this == K_CENTER ? central(vectors) : rng.nextInt(vectors.length);
        while (true) {
            chosen.add(samples.get(next));
            for (int i = 0; i < vectors.length; i++) {
                distance[i] = Math.min(distance[i], Math.max(0, 2 - 2 * dot(vectors[i], vectors[next])));
            }
            distance[next] = -1; // not again
            if (chosen.size() == Math.min(count, samples.size())) {
                return chosen;
            }
            next = this == K_CENTER ? farthest(distance) : drawn(distance, rng);
        }
    }

    /** The sample nearest to the mean: a start that does not depend on the order. */
    private static int central(float[][] vectors) {
        float[] mean = new float[vectors[0].length];
        for (float[] vector : vectors) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += vector[d];
            }
        }
        double[] away = new double[vectors.length];
        for (int i = 0; i < away.length; i++) {
            away[i] = dot(vectors[i], mean);
        }
        return farthest(away);
    }

    private static int farthest(double[] distance) {
        int best = 0;
        for (int i = 1; i < distance.length; i++) {
            best = distance[i] > distance[best] ? i : best;
        }
        return best;
    }

    private static int drawn(double[] distance, Rng rng) {
        double total = 0;
        for (double value : distance) {
            total += Math.max(0, value);
        }
        if (total == 0) { // the rest are copies of chosen ones
            return farthest(distance);
        }
        double left = rng.nextDouble() * total;
        int last = -1;
        for (int i = 0; i < distance.length; i++) {
            if (distance[i] > 0) {
                last = i;
                left -= distance[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
