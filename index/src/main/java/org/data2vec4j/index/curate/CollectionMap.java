package org.data2vec4j.index.curate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.data2vec4j.evaluation.plane.Tsne;
import org.data2vec4j.index.IndexedSample;
import org.data2vec4j.index.VectorIndex;

/**
 * Samples of an index in the plane. Up to {@value #LANDMARKS} are placed by t-SNE; each of the others is placed at the mean of its
 * three nearest landmarks, weighted by similarity.
 *
 * @param points the samples and their places, 0 to 1 in both directions
 */
public record CollectionMap(List<Point> points) {
    /** The most samples that are shown. */
    public static final int MOST = 5000;

    private static final int LANDMARKS = 800;
    private static final double PERPLEXITY = 20;
    private static final int NEAREST = 3;
    private static final double SHARPNESS = 0.05;

    /** A sample's place. */
    public record Point(IndexedSample sample, double x, double y) {}

    /** Copies the list. */
    public CollectionMap {
        points = List.copyOf(points);
    }

    /** The map of an index; of one with more than {@value #MOST} samples, evenly chosen ones are shown. */
    public static CollectionMap of(VectorIndex index) {
        List<IndexedSample> samples = evenly(index.samples(), MOST);
        List<IndexedSample> landmarks = evenly(samples, LANDMARKS);
        if (landmarks.size() < 3) {
            return new CollectionMap(samples.stream()
                    .map(sample -> new Point(sample, samples.indexOf(sample), 0.5))
                    .toList());
        }
        float[][] vectors = landmarks.stream().map(index::compared).toArray(float[][]::new);
        double[][] places = Tsne.embed(doubles(vectors), PERPLEXITY, 0);
        List<double[]> all = new ArrayList<>();
        for (IndexedSample sample : samples) {
            all.add(place(index.compared(sample), vectors, places));
        }
        return new CollectionMap(scaled(samples, all));
    }

    private static List<IndexedSample> evenly(List<IndexedSample> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<IndexedSample> some = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) ((long) i * all.size() / most)));
        }
        return some;
    }

    private static double[][] doubles(float[][] vectors) {
        double[][] all = new double[vectors.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new double[vectors[i].length];
            for (int d = 0; d < all[i].length; d++) {
                all[i][d] = vectors[i][d];
            }
        }
        return all;
    }

    private static double[] place(float[] vector, float[][] landmarks, double[][] places) {
        int[] nearest = new int[NEAREST];
        double[] similar = new double[NEAREST];
        Arrays.fill(similar, -2);
        for (int i = 0; i < landmarks.length; i++) {
            double dot = 0;
            for (int d = 0; d < vector.length; d++) {
                dot += (double) vector[d] * landmarks[i][d];
            }
            for (int k = 0; k < NEAREST; k++) {
                if (dot > similar[k]) {
                    for (int j = NEAREST - 1; j > k; j--) {
                        similar[j] = similar[j - 1];
                        nearest[j] = nearest[j - 1];
                    }
                    similar[k] = dot;
                    nearest[k] = i;
                    break;
                }
            }
        }
        double[] place = new double[2];
        double total = 0;
        for (int k = 0; k < NEAREST; k++) {
            double weight = similar[0] > 1 - 1e-5 ? (k == 0 ? 1 : 0) : Math.exp((similar[k] - similar[0]) / SHARPNESS);
            total += weight;
            place[0] += weight * places[nearest[k]][0];
            place[1] += weight * places[nearest[k]][1];
        }
        place[0] /= total;
        place[1] /= total;
        return place;
    }

    private static List<Point> scaled(List<IndexedSample> samples, List<double[]> places) {
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE};
        for (double[] place : places) {
            for (int k = 0; k < 2; k++) {
                low[k] = Math.min(low[k], place[k]);
                high[k] = Math.max(high[k], place[k]);
            }
        }
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            double x = (places.get(i)[0] - low[0]) / Math.max(1e-9, high[0] - low[0]);
            double y = (places.get(i)[1] - low[1]) / Math.max(1e-9, high[1] - low[1]);
            points.add(new Point(samples.get(i), x, y));
        }
        return points;
    }
}
