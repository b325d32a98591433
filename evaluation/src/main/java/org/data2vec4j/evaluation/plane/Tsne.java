package org.data2vec4j.evaluation.plane;

import java.util.Arrays;
import org.data2vec4j.core.Check;
import org.data2vec4j.core.Rng;

/**
 * t-SNE (van der Maaten and Hinton, 2008), exact, in the plane: neighbours in many dimensions stay neighbours, distances between groups
 * mean little. It begins at the first two principal components, small (Kobak and Berens, 2019), so that the same rows and seed give the
 * same picture. Work and memory grow with the square of the rows: at most {@value #MOST} are taken.
 */
public final class Tsne {
    /** The most rows. */
    public static final int MOST = 1000;

    private static final int ROUNDS = 600;
    private static final int EARLY = 200;
    private static final double EXAGGERATION = 12;
    private static final double BEGIN = 1e-2;
    private static final double TINY = 1e-12;
    private static final int BISECTIONS = 60;

    private Tsne() {}

    /**
     * A place in the plane for each row.
     *
     * @param x N rows, three or more; compared by Euclidean distance
     * @param perplexity about how many neighbours count; at most a third of the rows is used
     */
    public static double[][] embed(double[][] x, double perplexity, long seed) {
        int n = Check.inRange("t-SNE rows", x.length, 3, MOST);
        double[][] p = joint(squaredDistances(x), Math.min(Check.positive("perplexity", perplexity), (n - 1) / 3.0));
        double[][] y = begin(x, seed);
        double[][] speed = new double[n][2];
        double[][] gains = new double[n][2];
        Arrays.stream(gains).forEach(row -> Arrays.fill(row, 1));
        double rate = Math.max(n / EXAGGERATION, 10); // Belkina et al., 2019, for few rows a floor
        for (int round = 0; round < ROUNDS; round++) {
            double[][] gradient = gradient(p, y, round < EARLY ? EXAGGERATION : 1);
            move(y, gradient, speed, gains, rate, round < EARLY ? 0.5 : 0.8);
        }
        return y;
    }

    private static double[][] begin(double[][] x, long seed) {
        double[][] y = Principal.project(x, 2, seed);
        double scale = 0;
        for (double[] row : y) {
            scale += row[0] * row[0] / y.length;
        }
        for (int i = 0; i < y.length; i++) {
            for (int k = 0; k < 2; k++) {
                // Rows that are equal must not stay on one spot for ever.
                double apart = Rng.of(seed, i, k).nextGaussian() * BEGIN * BEGIN;
                y[i][k] = apart + (scale > 0 ? BEGIN * y[i][k] / Math.sqrt(scale) : 0);
            }
        }
        return y;
    }

    static double[][] squaredDistances(double[][] x) {
        double[][] distances = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int d = 0; d < x[i].length; d++) {
                    double difference = x[i][d] - x[j][d];
                    sum += difference * difference;
                }
                distances[i][j] = sum;
                distances[j][i] = sum;
            }
        }
        return distances;
    }

    /** Symmetric probabilities of all pairs, summing to one (section 3.1 there). */
    static double[][] joint(double[][] distances, double perplexity) {
        int n = distances.length;
        double[][] p = new double[n][];
        for (int i = 0; i < n; i++) {
            p[i] = conditional(distances[i], i, Math.log(perplexity));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double both = Math.max((p[i][j] + p[j][i]) / (2 * n), TINY);
                p[i][j] = both;
                p[j][i] = both;
            }
        }
        return p;
    }

    /** The row's Gaussian whose entropy is the one asked for, by bisection of its precision. */
    static double[] conditional(double[] distances, int own, double entropy) {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double precision = 1 / Math.max(TINY, Arrays.stream(distances).average().orElse(1));
        double[] row = new double[distances.length];
        for (int round = 0; round < BISECTIONS; round++) {
            double now = gaussian(distances, own, precision, row);
            if (now > entropy) {
                low = precision;
                precision = Double.isInfinite(high) ? precision * 2 : (low + high) / 2;
            } else {
                high = precision;
                precision = (low + high) / 2;
            }
        }
        return row;
    }

    /** Fills a row and returns its entropy in nats. */
    private static double gaussian(double[] distances, int own, double precision, double[] row) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < row.length; j++) {
            nearest = j == own ? nearest : Math.min(nearest, distances[j]);
        }
        double sum = 0;
        double mean = 0;
        for (int j = 0; j < row.length; j++) {
            row[j] = j == own ? 0 : Math.exp(-precision * (distances[j] - nearest));
            sum += row[j];
            mean += row[j] * (distances[j] - nearest);
        }
        for (int j = 0; j < row.length; j++) {
            row[j] /= sum;
        }
        return Math.log(sum) + precision * mean / sum;
    }

    /** Of the divergence of p from the plane's Student t (section 3.3 there). */
    static double[][] gradient(double[][] p, double[][] y, double exaggeration) {
        int n = y.length;
        double[][] kernel = new double[n][n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double dx = y[i][0] - y[j][0];
                double dy = y[i][1] - y[j][1];
                kernel[i][j] = 1 / (1 + dx * dx + dy * dy);
                total += 2 * kernel[i][j];
            }
        }
        double[][] gradient = new double[n][2];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double pull = 4 * (exaggeration * p[i][j] - kernel[i][j] / total) * kernel[i][j];
                for (int k = 0; k < 2; k++) {
                    double force = pull * (y[i][k] - y[j][k]);
                    gradient[i][k] += force;
                    gradient[j][k] -= force;
                }
            }
        }
        return gradient;
    }

    /** A step with momentum and Jacobs' gains, as the paper's code has it. */
    private static void move(
            double[][] y, double[][] gradient, double[][] speed, double[][] gains, double rate, double momentum) {
        for (int i = 0; i < y.length; i++) {
            for (int k = 0; k < 2; k++) {
                boolean same = Math.signum(gradient[i][k]) == Math.signum(speed[i][k]);
                gains[i][k] = Math.max(0.01, same ? gains[i][k] * 0.8 : gains[i][k] + 0.2);
                speed[i][k] = momentum * speed[i][k] - rate * gains[i][k] * gradient[i][k];
                y[i][k] += speed[i][k];
            }
        }
    }
}
