package org.data2vec4j.image.data.augment;

import org.data2vec4j.core.Rng;

/** Draws from beta distributions, as the share of one of two gamma draws (Marsaglia and Tsang, 2000, for these). */
final class Beta {
    private Beta() {}

    /** A number of 0 to 1; the parameters are positive. */
    static double draw(double alpha, double beta, Rng rng) {
        double first = gamma(alpha, rng);
        double second = gamma(beta, rng);
        return first + second == 0 ? 0.5 : first / (first + second);
    }

    private static double gamma(double shape, Rng rng) {
        if (shape < 1) {
            double root = StrictMath.pow(1 - rng.nextDouble(), 1 / shape);
            return gamma(shape + 1, rng) * root;
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = rng.nextGaussian();
            double cubed = 1 + c * normal;
            double v = cubed * cubed * cubed;
            double log = v > 0 ? StrictMath.log(v) : Double.NEGATIVE_INFINITY;
            if (StrictMath.log(1 - rng.nextDouble()) < 0.5 * normal * normal + d * (1 - v + log)) {
                return d * v;
            }
        }
    }
}
