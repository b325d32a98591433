package org.data2vec4j.lab.bench;

import java.util.List;
import org.data2vec4j.tensor.OperatorProfile;
import org.data2vec4j.train.Precision;
import org.jspecify.annotations.Nullable;

/**
 * What was measured in one precision.
 *
 * @param precision of products
 * @param medianMs median time of an update
 * @param p10Ms tenth percentile
 * @param p90Ms ninetieth percentile
 * @param samplesPerSecond samples, not clones, at the median
 * @param peakMb largest resident memory; null where the system does not tell
 * @param matrixRate the machine's own rate of plain products of this type, FLOP/s
 * @param rooflineShare the update's products per second over that rate
 * @param phases medians of the phases
 * @param operators where the time goes, longest first; empty if it was not asked for
 */
record PrecisionResult(
        Precision precision,
        double medianMs,
        double p10Ms,
        double p90Ms,
        double samplesPerSecond,
        @Nullable Double peakMb,
        double matrixRate,
        double rooflineShare,
        List<PhaseTimes.Phase> phases,
        List<OperatorProfile.Row> operators) {
    /** The type's full name. */
    String name() {
        return name(precision);
    }

    /** A type's full name. */
    static String name(Precision precision) {
        return precision == Precision.BF16 ? "bfloat16" : "float32";
    }
}
