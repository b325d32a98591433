package org.data2vec4j.evaluation.plane;

import org.data2vec4j.core.Rng;

/**
 * Principal components by orthogonal iteration: the directions of greatest variance, largest first, each row's place along them. The
 * sign of a direction is such that its largest weight is positive, so that the result does not depend on the start.
 */
public final class Principal {
    private static final int ROUNDS = 200;
    private static final double ROUNDING = 1e-10;
    private static final double SETTLED = 1e-10;
    private static final long START = 0x706361L;

    private Principal() {}

    /**
     * Places of rows.
     *
     * @param x N rows of D numbers, any mean
     * @param components how many, at most D
     * @return N rows of {@code components} numbers of mean 0
     */
    public static double[][] project(double[][] x, int components, long seed) {
        int width = x[0].length;
        double[][] centred = centred(x);
        double[][] directions = new double[Math.min(components, width)][width];
        Rng rng = Rng.of(seed, START);
        for (double[] direction : directions) {
            for (int d = 0; d < width; d++) {
                direction[d] = rng.nextGaussian();
            }
        }
        orthonormalise(directions);
        for (int round = 0; round < ROUNDS; round++) {
            double[][] next = new double[directions.length][];
            for (int k = 0; k < next.length; k++) {
                next[k] = covarianceTimes(centred, directions[k]);
            }
            orthonormalise(next);
            double change = 0;
            for (int k = 0; k < next.length; k++) {
                change += 1 - Math.abs(dot(next[k], directions[k]));
            }
            directions = next;
            if (change < SETTLED) {
                break;
            }
        }
        double[][] places = new double[x.length][components];
        for (int k = 0; k < directions.length; k++) {
            double sign = Math.signum(largest(directions[k]));
            for (int i = 0; i < x.length; i++) {
                places[i][k] = sign * dot(centred[i], directions[k]);
            }
        }
        return places;
    }

    private static double[][] centred(double[][] x) {
        double[] mean = new double[x[0].length];
        for (double[] row : x) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += row[d] / x.length;
            }
        }
        double[][] centred = new double[x.length][mean.length];
        for (int i = 0; i < x.length; i++) {
            for (int d = 0; d < mean.length; d++) {
                centred[i][d] = x[i][d] - mean[d];
            }
        }
        return centred;
    }

    private static double[] covarianceTimes(double[][] centred, double[] direction) {
        double[] product = new double[direction.length];
        for (double[] row : centred) {
            double along = dot(row, direction);
            for (int d = 0; d < product.length; d++) {
                product[d] += along * row[d];
            }
        }
        return product;
    }

    /** Gram and Schmidt; a row of which nothing but rounding is left becomes 0. */
    private static void orthonormalise(double[][] rows) {
        for (int k = 0; k < rows.length; k++) {
            double before = Math.sqrt(dot(rows[k], rows[k]));
            for (int j = 0; j < k; j++) {
                double along = dot(rows[k], rows[j]);
                for (int d = 0; d < rows[k].length; d++) {
                    rows[k][d] -= along * rows[j][d];
                }
            }
            double norm = Math.sqrt(dot(rows[k], rows[k]));
            double scale = norm > ROUNDING * before ? 1 / norm : 0;
            for (int d = 0; d < rows[k].length; d++) {
                rows[k][d] *= scale;
            }
        }
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        return largest;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }
}
