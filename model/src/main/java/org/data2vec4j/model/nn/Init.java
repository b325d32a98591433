package org.data2vec4j.model.nn;

import java.util.Arrays;
import org.data2vec4j.core.Rng;

/** How a parameter begins; drawn from a stream keyed by the parameter's name, so that it does not depend on any other. */
public sealed interface Init {
    /** All zero. */
    Init ZEROS = new Constant(0);
    /** All one. */
    Init ONES = new Constant(1);

    /** {@code count} first values. */
    float[] values(int count, Rng rng);

    /** One value everywhere. */
    record Constant(double value) implements Init {
        @Override
        public float[] values(int count, Rng rng) {
            float[] values = new float[count];
            Arrays.fill(values, (float) value);
            return values;
        }
    }

    /** Normal with mean zero. */
    record Normal(double deviation) implements Init {
        @Override
        public float[] values(int count, Rng rng) {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) (deviation * rng.nextGaussian());
            }
            return values;
        }
    }

    /** Uniform in [−bound, bound). */
    record Uniform(double bound) implements Init {
        /** Glorot and Bengio (2010): variance 2/(in + out). */
        public static Uniform xavier(long in, long out) {
            return new Uniform(Math.sqrt(6.0 / (in + out)));
        }

        /** What PyTorch's layers begin with: bound 1/√(inputs of one output). */
        public static Uniform fanIn(long in) {
            return new Uniform(1 / Math.sqrt((double) in));
        }

        @Override
        public float[] values(int count, Rng rng) {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) rng.nextDouble(-bound, bound);
            }
            return values;
        }
    }

    /** Uniform in [low, high). */
    record Between(double low, double high) implements Init {
        @Override
        public float[] values(int count, Rng rng) {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) rng.nextDouble(low, high);
            }
            return values;
        }
    }
}
