package org.data2vec4j.evaluation.probe;

/** Ridge regression the plain way, in doubles: standardise, add a column of ones, build the normal equations, eliminate. */
final class NaiveRidge {
    private NaiveRidge() {}

    /** (D + 1, C): the weights of standardised features, then the bias, which is not penalised. */
    static double[][] fit(Features train, double lambda) {
        double[][] x = standardised(train);
        int unknowns = train.width() + 1;
        double[][] a = new double[unknowns][unknowns + train.classes()];
        for (int i = 0; i < x.length; i++) {
            for (int p = 0; p < unknowns; p++) {
                for (int q = 0; q < unknowns; q++) {
                    a[p][q] += x[i][p] * x[i][q];
                }
                a[p][unknowns + train.labels()[i]] += x[i][p];
            }
        }
        for (int d = 0; d < unknowns - 1; d++) {
            a[d][d] += lambda * x.length;
        }
        return eliminated(a, unknowns);
    }

    private static double[][] standardised(Features train) {
        float[] values = train.features_ND().toFloats();
        int width = train.width();
        int n = train.size();
        double[][] x = new double[n][width + 1];
        for (int d = 0; d < width; d++) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < n; i++) {
                mean += values[i * width + d] / (double) n;
            }
            for (int i = 0; i < n; i++) {
                square += Math.pow(values[i * width + d] - mean, 2) / n;
            }
            for (int i = 0; i < n; i++) {
                x[i][d] = (values[i * width + d] - mean) / Math.sqrt(square);
                x[i][width] = 1;
            }
        }
        return x;
    }

    /** Gauss and Jordan; the matrix is positive definite, so no pivoting. */
    private static double[][] eliminated(double[][] a, int unknowns) {
        for (int p = 0; p < unknowns; p++) {
            for (int row = 0; row < unknowns; row++) {
                double factor = row == p ? 0 : a[row][p] / a[p][p];
                for (int q = 0; q < a[0].length; q++) {
                    a[row][q] -= factor * a[p][q];
                }
            }
        }
        double[][] solution = new double[unknowns][a[0].length - unknowns];
        for (int p = 0; p < unknowns; p++) {
            for (int c = 0; c < solution[p].length; c++) {
                solution[p][c] = a[p][unknowns + c] / a[p][p];
            }
        }
        return solution;
    }
}
