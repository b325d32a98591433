package org.data2vec4j;

import org.data2vec4j.core.Check;
import org.data2vec4j.core.UserException;

/**
 * How a model is loaded and what its vectors are made of. Immutable; every {@code with…} method returns a changed copy.
 *
 * @param weights which of the run's encoders is loaded; one, so not {@link WeightsChoice#ALL}
 * @param pooling how the features of all positions become one vector
 * @param layer {@link #LAST_LAYER} for the encoder's final features, or the output of a block: the pre-net's and then the shared ones,
 *     counted from 0
 * @param normalized whether vectors are divided by their length, so that the product of two is their cosine similarity
 * @param device {@code cpu}, {@code cuda}, {@code cuda:1}, …; empty for the one that the run's recipe says
 * @param threads how many threads one operator may use; {@link #UNCHANGED} leaves this setting of the whole process as it is
 */
public record Options(
        WeightsChoice weights, VectorPooling pooling, int layer, boolean normalized, String device, int threads) {
    /** The layer of the encoder's final features, after its final norm. */
    public static final int LAST_LAYER = -1;

    /** The number of threads that leaves the process as it is. */
    public static final int UNCHANGED = 0;

    /** The preferred weights, the final features pooled as the model says, on the recipe's device; nothing of the process is changed. */
    public static final Options DEFAULT =
            new Options(WeightsChoice.PREFERRED, VectorPooling.MODEL, LAST_LAYER, false, "", UNCHANGED);

    /** How the features of all positions become one vector. */
    public enum VectorPooling {
        /**
         * As the model's {@code model.pooling} says: the mean, unless it was imported from one that does otherwise. Of the layers before
         * the final features the mean.
         */
        MODEL,
        /** Their mean; padding and extra tokens are left out. */
        MEAN,
        /** The last extra token, which some methods train as a summary of the sample. */
        CLS
    }

    /** Refuses several encoders, layers below {@link #LAST_LAYER} and negative numbers of threads. */
    public Options {
        if (weights == WeightsChoice.ALL) {
            throw new UserException("weights are those of one encoder; allowed: preferred, student, teacher");
        }
        Check.inRange("layer", layer, LAST_LAYER, Integer.MAX_VALUE);
        Check.inRange("threads", threads, UNCHANGED, Integer.MAX_VALUE);
    }

    /** {@link #DEFAULT} with a number of threads, which is set for the whole process. */
    public static Options threads(int threads) {
        return DEFAULT.withThreads(threads);
    }

    /** {@link #DEFAULT} with other weights. */
    public static Options weights(WeightsChoice weights) {
        return DEFAULT.withWeights(weights);
    }

    /** These options with other weights. */
    public Options withWeights(WeightsChoice other) {
        return new Options(other, pooling, layer, normalized, device, threads);
    }

    /** These options with another pooling. */
    public Options withPooling(VectorPooling other) {
        return new Options(weights, other, layer, normalized, device, threads);
    }

    /** These options with the features of another layer. */
    public Options withLayer(int other) {
        return new Options(weights, pooling, other, normalized, device, threads);
    }

    /** These options with vectors of length 1, or with vectors as they are. */
    public Options withNormalized(boolean other) {
        return new Options(weights, pooling, layer, other, device, threads);
    }

    /** These options with another device. */
    public Options withDevice(String other) {
        return new Options(weights, pooling, layer, normalized, other, threads);
    }

    /** These options with another number of threads, which is set for the whole process. */
    public Options withThreads(int other) {
        return new Options(weights, pooling, layer, normalized, device, other);
    }
}
